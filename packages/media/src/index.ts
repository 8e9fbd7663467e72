// Errors
export {
  FormatError,
  type FormatErrorCode,
  type FormatErrorDetails,
} from "./error/format-error.ts";
export { MediaError } from "./error/media-error.ts";
