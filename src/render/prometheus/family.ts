/** One metric. Its name and its help are ours, never data. */
export interface Family {
  name: `hf_doctor_${string}`;
  type: 'gauge' | 'counter';
  help: string;
}

export interface Sample {
  family: Family;
  /** Values may be data. */
  labels: Readonly<Record<string, string>>;
  /** What is not known has no sample: a number that is not finite is left out. */
  value: number;
}

export function gauge(name: Family['name'], help: string): Family {
  return { name, type: 'gauge', help };
}
