// gitlab-ci-local is built for Node 22: this is all that it misses on Node 20.
Set.prototype.union ??= function union(other) {
  return new Set([...this, ...other.keys()]);
};
