import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    // Most of the time is spent waiting for child processes: two at once, on any machine.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/build.ts'],
    // NODE_EXTRA_CA_CERTS slows each child process; tokens of the developer must never reach a test.
    env: { NODE_EXTRA_CA_CERTS: '', HF_TOKEN: '', HUGGING_FACE_HUB_TOKEN: '' },
  },
});
