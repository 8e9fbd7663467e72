import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What one answer was to. */
export interface AnsweredRequest {
  readonly method: string;
  /** The path with its places, `none` if there is none such. */
  readonly route: string;
  readonly status: number;
  /** How long it took until there was an answer, in seconds. */
  readonly seconds: number;
}

/** What a server counts, in the words of Prometheus. */
export class ServerMetrics {
  readonly #registry = new Registry();
  readonly #durations: Histogram<"method" | "route" | "status">;
  readonly #underWay: Gauge;

  /** @param options Whether the process is told of as well. */
  constructor({ ofProcess }: { readonly ofProcess: boolean }) {
    const registers = [this.#registry];
    this.#durations = new Histogram({
      name: "http_request_duration_seconds",
      help: "How long requests took until there was an answer, its body apart",
      labelNames: ["method", "route", "status"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
      registers,
    });
    this.#underWay = new Gauge({
      name: "http_requests_under_way",
      help: "How many requests are without an answer",
      registers,
    });
    if (ofProcess) collectDefaultMetrics({ register: this.#registry });
  }

  /** Notes that a request has come. */
  begin(): void {
    this.#underWay.inc();
  }

  /** Notes that it is answered. */
  end({ method, route, status, seconds }: AnsweredRequest): void {
    this.#underWay.dec();
    this.#durations.observe({ method, route, status }, seconds);
  }

  /** Tells all of it. */
  async reply(): Promise<Response> {
    const text = await this.#registry.metrics();
    const headers = { "Content-Type": this.#registry.contentType };
    return new Response(text, { headers });
  }
}
