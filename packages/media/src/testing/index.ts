export { grains, type GrainConstraints } from "./arbitrary-grains.ts";
export { textsOfBytes } from "./arbitrary-texts.ts";
export { testPictures, type TestPictureOptions } from "./test-pictures.ts";
export { testTone, type TestToneOptions } from "./test-tone.ts";
