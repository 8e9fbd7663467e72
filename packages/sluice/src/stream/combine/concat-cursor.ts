import { DONE, type Status } from "../engine/cursor.ts";
import { Joint } from "../engine/joint.ts";
import { openCursor } from "../engine/open-cursor.ts";
import { Port } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/** Gives the items of one source after the other. */
export class Concat extends Joint {
  protected readonly parts: Port[];

  constructor(sources: readonly unknown[], settings: Settings) {
    super(settings);
    this.parts = sources.map(
      (source) => new Port(openCursor(source, settings), this),
    );
  }

  protected take(): Status {
    for (;;) {
      const [port] = this.parts;
      if (port === undefined) return DONE;
      const status = this.readFrom(port);
      if (status !== DONE) return status;
      this.parts.shift();
    }
  }
}
