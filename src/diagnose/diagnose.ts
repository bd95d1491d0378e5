import { cutShort, faulty } from '../report/faults.js';
import type { Cell, Finding, Report } from '../report/model.js';
import type { Case, Proven } from '../rules/define.js';
import { dictionary } from '../types/dictionary.js';
import type { Evidence, Skip } from '../types/evidence.js';
import { bareId } from '../types/model-ref.js';
import type { RouteId } from '../types/observation.js';
import { toCells } from './cells.js';
import { claims } from './claim.js';
import { toFindings } from './findings.js';
import { isPromised, mappingTells } from './promised.js';
import { alternativesOf, type Instead, proofsByModel } from './usable.js';

export interface Diagnosis {
  cells: Cell[];
  findings: Finding[];
  models: Report['models'];
  alternatives: Report['alternatives'];
}

/** Evidence in, diagnosis out. Pure: the same evidence gives the same diagnosis, live or replayed. */
export function diagnose(
  asked: Evidence,
  skips: readonly Skip[] = [],
  client: Case<unknown>['client'] = null,
  instead: Instead = NOTHING,
): Diagnosis {
  const { catalog } = asked;
  const e = {
    ...asked,
    // Ids come from outside: one that is called `constructor` is no fact about a model.
    catalog: { ...catalog, models: dictionary(Object.entries(catalog.models)) },
    ...(instead.observations.length > 0 ? { besides: instead.observations } : {}),
  };
  const made = claims(e);
  const { cells, observationIds } = toCells(
    [...e.observations, ...instead.observations],
    skips,
    // What failed on the way to something that works is named too, and makes no finding.
    [...made, ...claims({ ...e, observations: instead.observations })],
    e.catalog,
  );
  const proofs = proofsByModel(e.run.models, cells, e.catalog);
  const good = new Set([...proofs.values()].flat().map((p) => `${bareId(p.model)} ${p.route}`));
  // The router answered in this run too, with the provider of the route as suffix.
  const byId = (ref: string, route: string) =>
    good.has(`${bareId(ref)} router:${route.replace(/^(?:provider|router):/, '')}`);
  const promised = e.run.depth === 'catalog';
  // It failed somewhere: that is an answer too.
  const judged = faulty(cells);
  const cut = cutShort(cells);
  const judgedModels = e.run.models.map((id) => {
    const facts = e.catalog.models[bareId(id)];
    const best = proofs.get(id)?.[0] ?? null;
    const told = promised && mappingTells(facts, e.run.routes);
    return {
      id,
      task: facts?.task ?? null,
      providers: (facts?.providers ?? []).map((p) => ({ provider: p.provider, status: p.status })),
      usable: best !== null || (told && isPromised(facts, id, e.run.routes)),
      checked: best !== null || (judged.has(id) && !cut.has(id)) || told,
      best: best?.route ?? null,
    };
  });
  const findings = toFindings(made, e, {
    proven: [
      ...[...proofs.values()].flat().map(({ model, route, deep }) => {
        const task = e.catalog.models[bareId(model)]?.task ?? null;
        return { model, task, route: route as RouteId, deep, byId: byId(model, route) };
      }),
      ...provenInstead(instead),
    ],
    usable: new Map(judgedModels.map((m) => [m.id, m.usable])),
    // Another way to it was left out and may work.
    open: new Set(judgedModels.flatMap((m) => (m.checked || !cut.has(m.id) ? [] : [m.id]))),
    cellOf: new Map(observationIds.flatMap((id, i) => (id === null ? [] : [[id, i] as const]))),
    client,
  });
  // It failed wherever it was asked, while others answered: that tells of it, whatever the cause.
  const told = findings.filter(
    (f) => f.severity === 'error' && (f.blame === 'model' || (f.cells.length > 0 && good.size > 0)),
  );
  const blamed = new Set(told.flatMap((f) => f.models));
  const models = judgedModels.map((m) =>
    m.checked || cut.has(m.id) || !blamed.has(bareId(m.id)) ? m : { ...m, checked: true },
  );
  return {
    cells,
    findings,
    models,
    alternatives: alternativesOf(models, proofs, cells, observationIds, instead),
  };
}

const NOTHING: Instead = { proofs: new Map(), observations: [] };

function provenInstead({ proofs, observations }: Instead): Proven[] {
  return observations.flatMap((o) =>
    o.model && o.route && [...proofs.values()].includes(o.id)
      ? [{ model: o.model, task: o.task, route: o.route, deep: o.depth === 'live', byId: false }]
      : [],
  );
}
