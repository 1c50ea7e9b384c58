# The image for targets/containers.yaml where it cannot be built from the machine's own files (not Linux, another processor):
#   docker build --tag collaudo-twin .      and in the target's file:      image: collaudo-twin
FROM node:24-slim AS build
WORKDIR /src
COPY . .
RUN npm ci --ignore-scripts && node containers/write-bundle.ts /app

FROM node:24-slim
COPY --from=build /app /app
WORKDIR /data
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning"]
