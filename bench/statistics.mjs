/**
 * @param {readonly number[]} values
 * @param {number} part Which part of the values lies below it.
 */
function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  return below + (above - below) * (place - Math.floor(place));
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * Half the distance between the quartiles, as a part of the median.
 *
 * @param {readonly number[]} values
 */
export function spread(values) {
  const distance = quantile(values, 0.75) - quantile(values, 0.25);
  return distance / 2 / median(values);
}
