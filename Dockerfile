# Our own processes: bootstrap (topics, tables, contracts, jobs), API, simulator and every other verb of `suuupra`.
FROM node:20-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY pipeline pipeline
COPY panels/package.json panels/
COPY datasource/package.json datasource/
COPY plugin/package.json plugin/
COPY preview/package.json preview/
RUN npm ci --omit=dev --no-audit --no-fund
# What Flink SQL lacks is built here, so that no container needs Maven.
COPY tsconfig.json ./
RUN node --import tsx --input-type=module \
      -e "import { buildLibrary } from './pipeline/flink/index.ts'; await buildLibrary({ cacheDir: '/app/.cache' })"

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app /app
COPY sql sql
COPY definitions definitions
RUN mkdir -p /var/lib/suuupra && chown node:node /var/lib/suuupra
USER node
VOLUME /var/lib/suuupra
ENTRYPOINT ["node", "pipeline/cli/bin/suuupra.mjs"]
