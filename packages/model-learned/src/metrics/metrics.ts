/** How predictions of cycles compare with measurements. */
export interface Metrics {
  readonly samples: number;
  /** Spearman's rank correlation; ties share their mean rank. */
  readonly spearman: number;
  /** Mean of |log(predicted / measured)|. */
  readonly meanAbsLogError: number;
  /** Median of |predicted / measured - 1|. */
  readonly medianRelativeError: number;
  /** Share of predictions within 10 % and 25 % of the measurement. */
  readonly within10: number;
  readonly within25: number;
}

/** Metrics of logs of predicted and measured cycles. */
export function metrics(logPredicted: ArrayLike<number>, logMeasured: ArrayLike<number>): Metrics {
  const count = logPredicted.length;
  const errors = Array.from(logPredicted, (value, i) => value - logMeasured[i]!);
  const relative = errors.map((error) => Math.abs(Math.expm1(error))).sort((a, b) => a - b);
  const middle = count >> 1;
  const within = (limit: number) => relative.filter((error) => error <= limit).length / count;
  return {
    samples: count,
    spearman: spearman(logPredicted, logMeasured),
    meanAbsLogError: errors.reduce((sum, error) => sum + Math.abs(error), 0) / count,
    medianRelativeError: count % 2 === 1 ? relative[middle]! : (relative[middle - 1]! + relative[middle]!) / 2,
    within10: within(0.1),
    within25: within(0.25),
  };
}

/** Spearman's rank correlation: the correlation of ranks. NaN if one side has a single value. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (x.length - 1) / 2;
  let product = 0;
  let squareX = 0;
  let squareY = 0;
  for (let i = 0; i < x.length; i++) {
    product += (x[i]! - mean) * (y[i]! - mean);
    squareX += (x[i]! - mean) ** 2;
    squareY += (y[i]! - mean) ** 2;
  }
  return product / Math.sqrt(squareX * squareY);
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const rank = new Float64Array(order.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let k = from; k <= to; k++) rank[order[k]!] = (from + to) / 2;
    from = to + 1;
  }
  return rank;
}
