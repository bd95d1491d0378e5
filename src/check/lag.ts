/** Ticks come this often, in milliseconds; what is later than two of them is kept. */
const TICK = 50;
const KEPT = 200;

export interface Lag {
  /** The most that this process was late since a moment of its clock, in milliseconds. */
  since: (at: number) => number;
  stop: () => void;
}

/** Measures how busy this machine is: a slow answer seen by a process that slept proves nothing. */
export function startLag(clock: () => number): Lag {
  const late: { at: number; ms: number }[] = [];
  let due = clock() + TICK;
  const timer = setInterval(() => {
    const now = clock();
    if (now - due > TICK) late.push({ at: now, ms: now - due });
    if (late.length > KEPT) late.shift();
    due = now + TICK;
  }, TICK);
  // It watches; it is no reason to stay.
  timer.unref();
  return {
    since: (at) => {
      // The tick itself may wait behind what is asked about.
      const open = clock() - due;
      return Math.max(0, open, ...late.filter((l) => l.at >= at).map((l) => l.ms));
    },
    stop: () => clearInterval(timer),
  };
}
