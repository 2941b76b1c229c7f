# Our own processes: migrations, topics and schemas (bootstrap), API, simulator, reconciler of the Flink jobs.
FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY pipeline pipeline
COPY panels/package.json panels/
COPY datasource/package.json datasource/
COPY plugin/package.json plugin/
COPY preview/package.json preview/
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app /app
COPY tsconfig.json ./
COPY sql sql
COPY definitions definitions
USER node
ENTRYPOINT ["node", "pipeline/cli/bin/suuupra.mjs"]
