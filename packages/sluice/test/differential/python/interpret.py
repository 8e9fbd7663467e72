"""Runs programs, one in each line of JSON, and writes what each did, a line each.

What CPython does is `actual`, or nothing if it does not end. Where it is known to
differ from the rules that the library follows, a mend stands for the rule.
`reference` is what a program does with all mends, if that is something else, and
`mends` are those that made it so.
"""

import json
import signal
import sys

from blocks import run_blocks
from generators import run_generators

MENDS = frozenset({"nested-stack", "close-context", "caught-in-exit"})

# Of CPU time: a program takes about a millisecond.
LIMIT_SECONDS = 1


class Endless(BaseException):
    """A program does not end."""


def main():
    # Generators that no program closes are closed by the garbage collector.
    sys.unraisablehook = lambda _: None
    for line in sys.stdin:
        json.dump(interpret(json.loads(line)), sys.stdout, separators=(",", ":"))
        sys.stdout.write("\n")


def interpret(program):
    if program["kind"] == "generators":
        return {"actual": run_generators(program)}
    actual = run_within_limit(program, frozenset())
    reference = run_within_limit(program, MENDS)
    if reference == actual:
        return {"actual": actual}
    mends = [
        mend
        for mend in sorted(MENDS)
        if run_within_limit(program, MENDS - {mend}) != reference
    ]
    return {"actual": actual, "reference": reference, "mends": mends}


def run_within_limit(program, mends):
    """Runs a program; gives nothing if CPython's exit stack never ends."""
    endless = False

    def interrupt(*_):
        nonlocal endless
        endless = True
        raise Endless

    signal.signal(signal.SIGVTALRM, interrupt)
    # Again and again, as exits may suppress it.
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT_SECONDS, LIMIT_SECONDS)
    try:
        result = run_blocks(program, mends)
    except Endless:
        result = None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None if endless else result


main()
