/**
 * Where the library and CPython differ on purpose, each with its reason.
 *
 * How each is told from a mismatch is in `compare.ts`. Of the first five it is by
 * mends in the Python interpreter: mended, CPython must do what the library does.
 */
export const DIFFERENCES = {
  "stack-context":
    "CPython's exit stack calls every exit while it handles the block's error, and mends the contexts afterwards. It loses what an error replaced if the block had ended well, and, in a stack inside an exit, the error that the exit handles. The library keeps the contexts that nested blocks make, and they are what the documentation of ExitStack compares it with",
  "stack-circle":
    "For the same reason CPython's exit stack makes an error its own context if an exit raises again what it was told and that had replaced the block's error",
  "stack-endless":
    "When an error that is its own context reaches another exit stack, CPython looks for the end of its chain for ever",
  "close-context":
    "What a generator raises when it is closed for having yielded again has the didn't-stop error as its context: in CPython only if the generator is sync and handles no error at its second yield, in the library always",
  "caught-in-exit":
    "CPython gives an error its context where it is raised, the library where it leaves an exit: one that is caught inside the exit in which it was raised keeps the context that it had before, which is seen if it is raised again later",
  "stop-signal":
    "CPython's GeneratorExit, StopIteration and StopAsyncIteration are contexts of what is raised while they are handled; JavaScript ends generators without an error, so that these links are passed over",
  "did-not-yield-cause":
    "CPython raises the didn't-yield error from None, so as to hide its StopIteration, and hides the error being handled with it; the library has nothing to hide and shows it",
  "cause-circle":
    "The library sets no cause from which causes lead back to the error, as what prints errors in JavaScript need not expect circles; the contexts are equal",
  "throw-after-end":
    "athrow() on a generator that has ended gives None in CPython, and StopAsyncIteration if it was closed; the library throws the error, as JavaScript does",
  "refused-close":
    "A generator that yielded when it was closed goes on in CPython when it is asked again; in the library it has ended",
} as const;

export type DifferenceName = keyof typeof DIFFERENCES;
