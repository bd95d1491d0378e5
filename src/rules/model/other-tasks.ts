import type { Evidence, ModelFacts } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { isKin } from '../../types/task-kin.js';
import type { Hit } from '../define.js';
import { isGood, onHuggingFace } from '../match.js';
import { bySentence, modelOf, refused, showsBody } from '../refusal.js';
import { follows } from './not-served.js';
import { mismatch, type OfModel } from './task-mismatch.js';

type Found = Hit<OfModel> & { cells: readonly number[] };

/* A call for another task than the model is served for: an answer says so, or the mapping does. */

export function toldOtherwise(e: Evidence): Found[] {
  return e.observations.flatMap((o) => {
    const hit = told(o, e);
    return hit ? [{ ...hit, cells: [o.id] }] : [];
  });
}

function told(o: Observation, e: Evidence): Hit<OfModel> | null {
  // At depth auth a field is missing on purpose.
  if (!refused(o) || (o.depth === 'auth' && [400, 415, 422].includes(o.status ?? 0))) return null;
  if (o.status !== null && ![200, 400, 422].includes(o.status) && o.status < 500) return null;
  const found = mismatch(o, e);
  if (!found || (found.argument && !showsBody(o))) return null;
  if (!onHuggingFace(o) && found.field === null && !found.own) return null;
  const model = modelOf(o);
  const sure = found.field === null || found.held !== null ? bySentence(o, e) : 'likely';
  const args = { model, ...found };
  const choice = chosen(args, e);
  const subject = choice
    ? subjectOf(choice.listed)
    : `${model ?? 'this model'} ${found.served ?? found.field}`;
  return { confidence: found.guess ? 'possible' : sure, subject, args };
}

/** One --task stands over all models of a run: those that are listed for the same are one finding. */
const subjectOf = (listed: readonly string[]) => `chosen, listed for ${listed.join(' ')}`;

/** Models of this run that were asked for a task for which nobody is listed, while others are. */
export function mappedOtherwise(e: Evidence): Found[] {
  if (!e.run.live || !e.run.routes.some((r) => r !== 'gateway' && r !== 'legacy')) return [];
  return Object.values(e.catalog.models).flatMap((facts): Found[] => {
    const listed = otherTasks(facts);
    const [served] = listed;
    const own = e.observations.filter((o) => o.model === facts.id);
    if (!served || own.some((o) => o.purpose === 'inference' && onHuggingFace(o) && isGood(o))) return [];
    const { id: model, task: asked } = facts;
    return [
      {
        confidence: 'certain',
        subject: subjectOf(listed),
        models: [model],
        args: { model, asked, served, field: null, held: null },
        cells: own.filter((o) => follows(o) && o.depth !== 'auth').map((o) => o.id),
      },
    ];
  });
}

/**
 * The tasks that the mapping names, when the one that is asked for is none of them: then the user chose
 * it with --task. Empty where the mapping tells nothing.
 */
function otherTasks(facts: ModelFacts | undefined): string[] {
  const asked = facts?.task ?? null;
  if (!facts?.mappingKnown || asked === null) return [];
  const tasks = facts.providers.map((p) => p.task);
  return tasks.some((t) => t === '' || isKin(t, asked)) ? [] : [...new Set(tasks)];
}

/** What the user chose with --task, and what the mapping of the model names instead. */
interface Chosen {
  asked: string;
  listed: readonly string[];
}

/** Null where the body or the code is at fault, not the choice. */
export function chosen({ model, field }: OfModel, e: Evidence): Chosen | null {
  const facts = model === null ? undefined : e.catalog.models[model];
  const listed = otherTasks(facts);
  return field === null && e.run.live && listed.length > 0 ? { asked: facts?.task ?? '', listed } : null;
}
