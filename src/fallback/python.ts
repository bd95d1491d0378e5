import { quotePoints as q } from './quote.js';
import { origin, type Recipe } from './recipe.js';
import { WORDS } from './refusal.js';

/** The standard library alone, so that it runs wherever Python does. */
export function python(r: Recipe): string {
  const bill = r.billTo === null ? '' : `\n    "X-HF-Bill-To": ${q(r.billTo)},`;
  return `"""Chat with a chain of models: when one fails, the next one is asked.

${origin(r)}
Standard library only, Python 3.8 or newer. The token is read from HF_TOKEN.

    model, answer = chat([{"role": "user", "content": "Hello"}])
    print(model, answer["choices"][0]["message"]["content"])
"""

import http.client
import json
import logging
import os
import re
import urllib.request

BASE_URL = ${q(r.baseUrl)}
MODELS = [
${r.models.map((m) => `    ${q(m)},\n`).join('')}]
HEADERS = {
    "Content-Type": "application/json",${bill}
}

# A refused token or account ends the chain: 401, 402 and 403, except a 403 that says that this one model
# is gated or for PRO accounts.
CLOSED_MODEL = re.compile(${q(WORDS.closedModel)}, re.I)
ONE_MODEL = re.compile(${q(WORDS.oneModel)}, re.I)

log = logging.getLogger(__name__)


def chat(messages, base_url=BASE_URL, timeout=60, **options):
    """Returns (model, answer) of the first model that answers. Raises RuntimeError when none does."""
    if options.get("stream"):
        raise ValueError("stream is not supported: chat() waits for whole answers.")
    token = os.environ.get("HF_TOKEN", "").strip()
    if not token:
        raise RuntimeError("HF_TOKEN is not set.")
    failed = []
    for model in MODELS:
        status, text = post(base_url, token, timeout, {**options, "model": model, "messages": messages})
        answer = completion(text) if status == 200 else None
        if answer is not None:
            log.log(logging.WARNING if failed else logging.INFO, "Active model: %s", model)
            return model, answer
        reason = f"{model}: {status or 'no answer'} {' '.join(text.split())[:200]}"
        refused = refusal(status, text)
        if refused:
            refused += ", so no other model is asked. To find out why: npx hf-doctor check"
            raise RuntimeError(f"{reason}\\n{refused}")
        failed.append(reason)
        log.warning("%s", reason)
    raise RuntimeError("No model answered.\\n" + "\\n".join(failed))


def refusal(status, text):
    """What each model would refuse; None when the next one may answer."""
    if status == 403 and CLOSED_MODEL.search(text):
        return None
    if status in (401, 402, 403):
        return "The token or the account is refused"
    if status in (404, 408, 410, 429) or not 400 <= status < 500 or ONE_MODEL.search(text):
        return None
    return "The request is refused"


def completion(text):
    try:
        answer = json.loads(text)
        return answer if answer["choices"][0]["message"] else None
    except (ValueError, LookupError, TypeError):
        return None


class AsIs(urllib.request.HTTPErrorProcessor):
    """A status is no exception, and no redirect is followed: the token goes to base_url only."""

    def http_response(self, request, response):
        return response

    https_response = http_response


def post(base_url, token, timeout, body):
    """Returns (status, text); the status is 0 when no answer came."""
    request = urllib.request.Request(
        base_url + "/chat/completions",
        json.dumps(body).encode(),
        {**HEADERS, "Authorization": "Bearer " + token},
    )
    try:
        with urllib.request.build_opener(AsIs).open(request, timeout=timeout) as response:
            return response.status, response.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, f"{type(error).__name__}: {error}"
`;
}
