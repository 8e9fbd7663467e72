"""Writes an async generator as Python, and makes calls on it."""

from coroutines import Pause, drive
from ledger import Ledger

ENDINGS = {"return": "return", "break": "break", "continue": "continue"}


def run_generators(program):
    return drive(make_calls(program, Ledger()))


async def make_calls(program, ledger):
    generator = write(program["body"])(ledger, Pause, show)
    ended = False
    for step in program["steps"]:
        error = ledger.create() if step["call"] == "athrow" else None
        call = step["call"] if error is None else f"athrow {ledger.see(error)}"
        after = " after its end" if ended else ""
        try:
            given = show(await make_call(generator, step, error))
        except (Exception, GeneratorExit) as raised:
            too_early = isinstance(raised, TypeError)
            given = f"error {'TypeError' if too_early else ledger.see(raised)}"
            # A value sent too early leaves the generator as it was.
            ended = ended or not too_early
        ledger.note(f"{call}{after}: {given}")
        ended = ended or call == "aclose"
    return ledger.close("ended" if ended else "open")


async def make_call(generator, step, error):
    if step["call"] == "asend":
        return await generator.asend(step.get("value"))
    if step["call"] == "anext":
        return await anext(generator)
    if step["call"] == "athrow":
        return await generator.athrow(error)
    return await generator.aclose()


def write(body):
    lines = [
        "async def body(ledger, Pause, show):",
        "    if False: yield",
        *write_body(body, "    "),
    ]
    names = {}
    exec("\n".join(lines), names)
    return names["body"]


def write_body(body, indent):
    lines = [line for statement in body for line in write_statement(statement, indent)]
    return lines or [indent + "pass"]


def write_statement(statement, indent):
    kind, inside = statement["do"], indent + "    "
    if kind == "yield":
        value = statement["value"]
        return [f"{indent}ledger.note(f'received {{show((yield {value}))}}')"]
    if kind == "log":
        return [f"{indent}ledger.note('at {statement['id']}')"]
    if kind == "pause":
        return [f"{indent}await Pause()"]
    if kind == "raise":
        return [f"{indent}raise ledger.create()"]
    if kind == "loop":
        head = f"{indent}for _ in range({statement['times']}):"
        return [head, *write_body(statement["body"], inside)]
    if kind == "try":
        return write_try(statement, indent)
    return [indent + ENDINGS[kind]]


def write_try(statement, indent):
    inside = indent + "    "
    lines = [f"{indent}try:", *write_body(statement["body"], inside)]
    if "handler" in statement:
        lines += [
            f"{indent}except Exception as error:",
            f"{inside}ledger.note('caught ' + ledger.see(error))",
            *write_body(statement["handler"], inside),
        ]
    if "cleanup" in statement:
        lines += [f"{indent}finally:", *write_body(statement["cleanup"], inside)]
    return lines


def show(value):
    return "nothing" if value is None else str(value)
