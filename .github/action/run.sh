#!/usr/bin/env bash
# The step of action.yml: makes one command line of the inputs, which come as variables. No input is
# evaluated, and none is printed: a line of the log can be a command of the runner. For bash 3.2 as well.
set -euo pipefail
unset CDPATH

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
arguments=(check)

# The output `status`. The last one counts, and the program writes its own.
tell() {
  [ -z "${GITHUB_OUTPUT:-}" ] || printf 'status=%s\n' "$1" >>"$GITHUB_OUTPUT"
}

# fail <exit code> <status> <text>: with texts of this file only.
fail() {
  printf '::error title=hf-doctor::%s\n' "$3"
  tell "$2"
  exit "$1"
}
refuse() {
  fail 2 usage "$1"
}

trimmed() {
  local text=$1
  text=${text#"${text%%[![:space:]]*}"}
  printf '%s' "${text%"${text##*[![:space:]]}"}"
}

# Whether an input has a value; an option in its place is refused.
given() {
  case $2 in
    '') return 1 ;;
    -*) refuse "The input $1 has a value that begins with a dash. Options go to args; a list is written without dashes." ;;
  esac
}

# option <input> <value>: the option of the same name, left out where the input is empty.
option() {
  local value
  value=$(trimmed "$2")
  if given "$1" "$value"; then arguments+=("--$1=$value"); fi
}

# The words of a text: quotes keep one together, and all else stands for itself.
words_of() {
  local text=$1 word='' quote='' open='' c i
  words=()
  for ((i = 0; i < ${#text}; i++)); do
    c=${text:i:1}
    if [ -n "$quote" ]; then
      if [ "$c" = "$quote" ]; then quote=''; else word+=$c; fi
      continue
    fi
    case $c in
      [[:space:]])
        if [ -n "$open" ]; then words+=("$word"); fi
        word='' open=''
        ;;
      \' | \") quote=$c open=yes ;;
      *) word+=$c open=yes ;;
    esac
  done
  [ -z "$quote" ] || refuse 'The input args has a quote that is not closed.'
  if [ -n "$open" ]; then words+=("$word"); fi
}

tell internal

command -v node >/dev/null || refuse 'hf-doctor needs Node, and there is none. Add actions/setup-node before it.'
needed=$(node -p 'require(process.argv[1]).engines.node.replace(/[^0-9.]/g, "")' "$root/package.json")
older='process.versions.node.localeCompare(process.argv[1], "en", { numeric: true }) < 0'
[ "$(node -p "$older" "$needed")" = false ] ||
  refuse "hf-doctor needs Node $needed or newer, and this is $(node --version). Add actions/setup-node before it."

for name in routes config fail-on baseline shard vantage; do
  variable=INPUT_$(printf %s "$name" | tr 'a-z-' 'A-Z_')
  option "$name" "${!variable:-}"
done
while IFS= read -r line; do option output "$line"; done <<<"${INPUT_OUTPUT:-}"

words_of "${INPUT_ARGS:-}"
for word in ${words[@]+"${words[@]}"}; do
  case $word in
    --format | --format=*)
      refuse 'The input args has --format. The action prints annotations; other formats go to files, named in output.'
      ;;
  esac
  arguments+=("$word")
done
arguments+=(--format=github)

IFS=$' ,\t\r\n' read -r -d '' -a models <<<"${INPUT_MODELS:-}" || true
first=yes
for model in ${models[@]+"${models[@]}"}; do
  given models "$model" || continue
  if [ -n "$first" ]; then arguments+=(--); fi
  first=''
  arguments+=("$model")
done

folder=$(trimmed "${INPUT_WORKING_DIRECTORY:-}")
if given working-directory "$folder"; then
  cd -- "$folder" 2>/dev/null || refuse 'The input working-directory names no folder.'
fi

version=$(trimmed "${INPUT_VERSION:-}")
if [ -z "$version" ] && [ -f "$root/dist/main.js" ]; then
  program=(node "$root/bin/hf-doctor.js")
else
  [ -n "$version" ] || version=$(node -p 'require(process.argv[1]).version' "$root/package.json")
  case $version in
    [!0-9A-Za-z]* | *[!0-9A-Za-z.-]*) refuse 'The input version is no version, such as 0.1.0 or latest.' ;;
  esac
  program=(npx --yes "hf-doctor@$version")
  # Apart from the check: what npm cannot bring is no finding, and what it installs sees no token.
  env -u HF_TOKEN -u INPUT_TOKEN "${program[@]}" --version >/dev/null ||
    fail 4 internal "hf-doctor $version could not be had from npm. The log of this step says why."
fi

if [ -n "${INPUT_TOKEN:-}" ]; then export HF_TOKEN=$INPUT_TOKEN; fi
unset INPUT_TOKEN

code=0
"${program[@]}" "${arguments[@]}" || code=$?
case $code in
  0 | 1 | 3) ;;
  2) refuse 'hf-doctor cannot use what it was given. The log of this step says what.' ;;
  129 | 130 | 143) tell interrupted ;;
  *) tell internal ;;
esac
exit "$code"
