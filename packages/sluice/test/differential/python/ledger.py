"""What a program did: its log, its errors by name, and their contexts."""

import sys

LIBRARY_ERRORS = {
    "generator didn't yield": "SLUICE_DID_NOT_YIELD",
    "generator didn't stop": "SLUICE_DID_NOT_STOP",
    "generator didn't stop after throw()": "SLUICE_DID_NOT_STOP",
    "generator didn't stop after athrow()": "SLUICE_DID_NOT_STOP",
    "generator ignored GeneratorExit": "SLUICE_YIELDED_ON_CLOSE",
    "async generator ignored GeneratorExit": "SLUICE_YIELDED_ON_CLOSE",
}

SIGNALS = (GeneratorExit, StopIteration, StopAsyncIteration)


class Failure(Exception):
    """An error that a program raises."""


class Ledger:
    def __init__(self, mends=frozenset()):
        """`mends` names what is done otherwise than by CPython; see `interpret.py`."""
        self.mends = mends
        self.log = []
        self.chains = []
        # All errors in the order in which they were first seen.
        self.errors = []
        self.names = {}
        self.made = 0
        self.library = 0
        # The errors that the exits around are handling, by their ids.
        self.cuts = frozenset()
        # By ids: the contexts that errors had before they were raised again, and
        # of what they were the contexts.
        self.contexts_before = {}

    def note(self, text):
        self.log.append(text)

    def close(self, outcome):
        """Gives what the program did; what is noted from now on is not in it.

        Generators that nobody closed are closed when they are garbage.
        """
        result = {"log": self.log, "outcome": outcome, "chains": self.chains}
        self.log, self.chains = [], []
        return result

    def create(self):
        error = Failure()
        self.made += 1
        self.enter(error, f"E{self.made}")
        return error

    def enter(self, error, name):
        self.names[id(error)] = name
        self.errors.append(error)
        return name

    def see(self, error):
        """Gives the name of an error; numbers one of the library's."""
        known = self.names.get(id(error))
        if known is not None:
            return known
        if isinstance(error, SIGNALS):
            return type(error).__name__
        self.library += 1
        return self.enter(error, f"{kind_of(error)}/{self.library}")

    def name(self, error):
        """Gives the name of an error; one that nobody has seen has no number."""
        return self.names.get(id(error)) or kind_of(error)

    def again(self, index):
        """Gives an error that was seen before, to be raised again."""
        if not self.errors:
            return self.create()
        error = self.errors[index % len(self.errors)]
        if id(error.__context__) not in self.cuts:
            # It may stand in the chain of what is handled: that is cut before it.
            node = sys.exc_info()[1]
            while node is not None and node.__context__ is not error:
                node = node.__context__
            self.contexts_before[id(error)] = error.__context__, node
        return error

    def caught(self, error):
        self.note(f"caught {self.see(error)}")
        self.forget(error)
        self.chains.append(self.chain(error))

    def forget(self, error):
        """Takes away the context that an error has only for having been raised
        inside an exit, if it never leaves that exit: as a mend only."""
        if "caught-in-exit" not in self.mends:
            return
        node, met = error, set()
        while node is not None and id(node) not in met:
            met.add(id(node))
            context = node.__context__
            if id(context) in self.cuts:
                before, leading = self.contexts_before.get(id(node), (None, None))
                node.__context__ = before
                if leading is not None:
                    leading.__context__ = node
                return
            node = context

    def chain(self, error):
        """Lists the contexts of an error, up to what the exits around handle."""
        links, met, node = [], set(), error
        while node is not None:
            if id(node) in met:
                links.append({"error": f"circle {self.name(node)}", "cause": None})
                break
            met.add(id(node))
            links.append({"error": self.name(node), "cause": self.shown_cause(node)})
            node = node.__context__
            if id(node) in self.cuts:
                break
        return links

    def shown_cause(self, error):
        cause = error.__cause__
        if cause is None and not error.__suppress_context__:
            cause = error.__context__
            if id(cause) in self.cuts:
                return None
        return None if cause is None else self.name(cause)


def kind_of(error):
    if isinstance(error, SIGNALS):
        return type(error).__name__
    return LIBRARY_ERRORS.get(str(error), f"{type(error).__name__}: {error}")
