# Hallway in a container: built by the same scripts as on any machine, run without root.
FROM debian:bookworm-slim AS build
WORKDIR /hallway
# The system's packages in a layer of their own, which a change of the sources leaves alone.
COPY scripts/common.sh scripts/setup scripts/
RUN scripts/setup --system
COPY . .
RUN scripts/setup && CMAKE_OPTIONS=-DHALLWAY_TESTS=OFF scripts/build release hallway \
  && strip build/release/hallway

FROM debian:bookworm-slim
COPY scripts/common.sh scripts/setup scripts/healthcheck /usr/local/lib/hallway/scripts/
RUN /usr/local/lib/hallway/scripts/setup --runtime \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin hallway
COPY --from=build /hallway/build/release/hallway /usr/local/bin/hallway
USER hallway
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["/usr/local/lib/hallway/scripts/healthcheck", "8080"]
ENTRYPOINT ["hallway"]
CMD ["serve", "--listen", "0.0.0.0:8080", "--data", "/data"]
