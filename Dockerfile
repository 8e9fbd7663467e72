# Sluice as a TAMS service: `docker build -t sluice . && docker run -p 4010:4010 -v media:/data sluice`.
FROM node:22-bookworm-slim AS build
WORKDIR /sluice
# better-sqlite3 is compiled where no compiled one can be fetched.
RUN apt-get update && apt-get install --yes --no-install-recommends g++ make python3
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /sluice
COPY --from=build /sluice/node_modules node_modules
COPY --from=build /sluice/packages packages
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4010
# What stops it, `docker stop`, lets what was begun come to its end.
STOPSIGNAL SIGTERM
ENV SLUICE_STORE=file:/data SLUICE_HOST=0.0.0.0 SLUICE_PORT=4010
HEALTHCHECK CMD ["node", "--eval", "fetch('http://127.0.0.1:4010/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "packages/cli/dist/main.js"]
CMD ["serve"]
