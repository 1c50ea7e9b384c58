# Two images, each built from a clone:
#   docker build --target collaudo --tag collaudo .     collaudo with its k6; a project of one's own is mounted at /project
#   docker build --target twin --tag collaudo-twin .    what targets/containers.yaml starts, where it cannot be built from the
#                                                       machine's own files; in the target's file:   image: collaudo-twin
FROM node:24-slim AS build
WORKDIR /src
COPY . .
RUN npm ci --ignore-scripts
RUN mkdir /out && npm pack --pack-destination /out && node containers/write-bundle.ts /app

FROM golang:1.26 AS k6
WORKDIR /src
COPY runner/k6 .
RUN CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags="-s -w" -o /k6 go.k6.io/k6/v2

FROM node:24-slim AS collaudo
COPY --from=k6 /k6 /usr/local/bin/k6
COPY --from=build /out /package
RUN npm install --global --no-audit --no-fund /package/*.tgz
WORKDIR /project
ENTRYPOINT ["collaudo"]

FROM node:24-slim AS twin
COPY --from=build /app /app
WORKDIR /data
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning"]
