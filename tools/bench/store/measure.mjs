/** The least time and the least work of all threads in several runs in turns, in milliseconds, so that all meet the same machine. */
export async function inTurns(contenders, runs) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, work] of Object.entries(contenders)) {
      const [began, used] = [performance.now(), process.cpuUsage()];
      await work();
      const { user, system } = process.cpuUsage(used);
      times[name].push({ wall: performance.now() - began, cpu: (user + system) / 1000 });
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, least(all)]));
}

function least(all) {
  return { least: Math.min(...all.map(({ wall }) => wall)), cpu: Math.min(...all.map(({ cpu }) => cpu)) };
}

/** How a cost grows with the rows: 1 is in step with them, 0 is not at all. */
export function exponent(points) {
  const logs = points.map(({ rows, ms }) => [Math.log(rows), Math.log(ms)]);
  const mean = (at) => logs.reduce((sum, point) => sum + point[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return over / logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
