/** The spread of the compile times of the rules that ran, warm: the first hundred are left out. */
export function compileTimes(times) {
  const warm = times.slice(Math.min(100, Math.floor(times.length / 2)));
  const sorted = [...warm].sort((a, b) => a.ms - b.ms);
  if (sorted.length === 0) return "compile: nothing was compiled";
  const at = (share) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.ms ?? 0).toFixed(1);
  const slow = sorted.slice(-5).reverse();
  return [
    `compile, ${sorted.length} rules: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`,
    ...slow.map(
      ({ ms, record }) => `  ${ms.toFixed(0)} ms  ${record.query.length} characters  ${record.repo}/${record.path}`,
    ),
  ].join("\n");
}
