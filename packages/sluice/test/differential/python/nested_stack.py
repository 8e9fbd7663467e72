"""An exit stack that unwinds as nested `with` blocks would.

`contextlib` calls all exits while it handles the error of the block and then
mends the contexts; here each exit runs while the error that it is told of is
handled, and that one alone.
"""

from contextlib import AsyncExitStack


class NestedStack(AsyncExitStack):
    """Serves for both kinds of stack: without async exits nothing suspends."""

    async def block(self, body):
        error = result = None
        try:
            result = await body
        except Exception as raised:
            error = raised
        # Not in the handler: there, the block's error would be the context of all.
        left = await self.unwind(error)
        if left is not None:
            reraise(left)
        return result if error is None else None

    async def aclose(self):
        left = await self.unwind(None)
        if left is not None:
            reraise(left)

    async def unwind(self, error):
        while self._exit_callbacks:
            is_sync, callback = self._exit_callbacks.pop()
            raised = None
            try:
                suppresses = await call_exit(is_sync, callback, error)
            except Exception as new:
                raised = new
            if raised is not None:
                error = raised
            elif suppresses:
                error = None
        return error


async def call_exit(is_sync, callback, error):
    if error is None:
        answer = callback(None, None, None)
        return answer if is_sync else await answer
    try:
        reraise(error)
    except Exception:
        answer = callback(type(error), error, error.__traceback__)
        return answer if is_sync else await answer


def reraise(error):
    """Raises an error and keeps its context."""
    context = error.__context__
    try:
        raise error
    except Exception:
        error.__context__ = context
        raise
