"""Drives coroutines without a loop: a pause is a bare suspension."""


class Pause:
    def __await__(self):
        yield


def drive(coroutine):
    """Runs a coroutine to its end, over its pauses."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


def run_at_once(coroutine):
    """Runs a coroutine that must not pause."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("A sync part of the program paused")
