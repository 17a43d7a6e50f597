# The web client in the binary: built by npm where its sources changed, then turned into one C++ file
# whose assembler includes the bytes. Included by CMake it defines hallway_embed_client(target); run as a
# script (`cmake -DDIST=… -DOUTPUT=… -P`) it writes that file.

# --- As a script
if(CMAKE_SCRIPT_MODE_FILE)
  set(symbols "")
  set(externs "")
  set(rows "")
  set(count 0)
  set(copies "${OUTPUT}.bytes")
  file(REMOVE_RECURSE "${copies}")
  file(MAKE_DIRECTORY "${copies}")

  # One file's bytes under a name; gives the text of its string_view, empty if there is no such file.
  function(embed_file path result)
    if(NOT EXISTS "${path}")
      set(${result} "{}" PARENT_SCOPE)
      return()
    endif()
    # The hash in the name makes this text, and with it the object, follow the content.
    file(SHA256 "${path}" hash)
    string(SHA256 name "${path} ${hash}")
    string(SUBSTRING "${name}" 0 24 name)
    set(name "hallway_asset_${name}")
    # From a copy: the client may be built anew, for another build folder, before the compiler reads.
    file(COPY_FILE "${path}" "${copies}/${name}")
    set(symbols "${symbols}    \".global ${name}\\n${name}: .incbin \\\"${copies}/${name}\\\"\\n\"\n" PARENT_SCOPE)
    string(APPEND externs "extern const char ${name}[];\n")
    set(externs "${externs}" PARENT_SCOPE)
    file(SIZE "${path}" bytes)
    set(${result} "{${name}, ${bytes}}" PARENT_SCOPE)
  endfunction()

  if(EXISTS "${DIST}/manifest.json")
    file(READ "${DIST}/manifest.json" manifest)
    string(JSON count LENGTH "${manifest}")
  else()
    set(manifest "{}")
  endif()
  set(paths "")
  if(count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON path MEMBER "${manifest}" ${index})
      list(APPEND paths "${path}")
    endforeach()
    list(SORT paths COMPARE STRING)
  endif()
  foreach(path IN LISTS paths)
    string(JSON type GET "${manifest}" "${path}" type)
    string(JSON hashed GET "${manifest}" "${path}" hashed)
    if(hashed)
      set(hashed true)
    else()
      set(hashed false)
    endif()
    if(NOT EXISTS "${DIST}/${path}")
      message(FATAL_ERROR "${DIST}/manifest.json names ${path}, which is not there.")
    endif()
    file(SHA256 "${DIST}/${path}" etag)
    string(SUBSTRING "${etag}" 0 32 etag)
    embed_file("${DIST}/${path}" plain)
    embed_file("${DIST}/${path}.br" brotli)
    embed_file("${DIST}/${path}.gz" gzip)
    string(APPEND rows
      "    {\"${path}\", \"${type}\", \"\\\"${etag}\\\"\", ${hashed},\n     ${plain},\n     ${brotli},\n     ${gzip}},\n")
  endforeach()
  if(symbols)
    set(symbols "__asm__(\n    \".pushsection .rodata\\n\"\n${symbols}    \".popsection\\n\");\n")
  endif()
  if(NOT rows)
    # A program without a client still says what it is.
    set(page "<!doctype html><title>Hallway</title><p>This build of Hallway has no web client.")
    string(LENGTH "${page}" bytes)
    set(rows "    {\"index.html\", \"text/html; charset=utf-8\", \"\\\"none\\\"\", false,\n     {\"${page}\", ${bytes}}, {}, {}},\n")
  endif()
  file(WRITE "${OUTPUT}.new"
    "// Written by server/embed_assets.cmake from the web client's build.\n"
    "#include <array>\n\n#include \"server/net/assets.hpp\"\n\n"
    "extern \"C\" {\n${externs}}\n\n${symbols}\n"
    "namespace hallway {\nnamespace {\nconst auto all = std::to_array<Asset>({\n${rows}});\n}  // namespace\n\n"
    "std::span<const Asset> embedded_assets() { return all; }\n\n}  // namespace hallway\n")
  file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
  file(REMOVE "${OUTPUT}.new")
  return()
endif()

# --- As a module
option(HALLWAY_CLIENT "Embed the web client (needs Node.js and npm where it is not built yet)" ON)
set(HALLWAY_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

# Adds the generated file to `target`.
function(hallway_embed_client target)
  set(client "${PROJECT_SOURCE_DIR}/web-client")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded_assets.cpp")
  set(dist "")
  set(built "")
  if(HALLWAY_CLIENT)
    set(dist "${CMAKE_CURRENT_BINARY_DIR}/web-client")
    set(built "${dist}/manifest.json")
    find_program(NPM npm)
    if(NPM)
      file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${client}/src/*" "${client}/build/*")
      set(installed "${client}/node_modules/.package-lock.json")
      add_custom_command(OUTPUT "${installed}"
        COMMAND "${NPM}" ci --no-audit --no-fund --loglevel=error
        COMMAND "${CMAKE_COMMAND}" -E touch "${installed}"
        DEPENDS "${client}/package-lock.json" WORKING_DIRECTORY "${client}"
        COMMENT "Installing the web client's packages" VERBATIM)
      add_custom_command(OUTPUT "${built}"
        COMMAND "${CMAKE_COMMAND}" -E env "HALLWAY_DIST=${dist}" "${NPM}" run --silent build
        DEPENDS ${sources} "${client}/package.json" "${installed}" WORKING_DIRECTORY "${client}"
        COMMENT "Building the web client" VERBATIM)
    else()
      message(FATAL_ERROR
        "The web client must be built, and npm was not found. Install Node.js 18 or later with npm "
        "(Debian: apt install nodejs npm), or configure with -DHALLWAY_CLIENT=OFF for a server "
        "without a page.")
    endif()
  endif()
  add_custom_command(OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DDIST=${dist}" "-DOUTPUT=${output}" -P "${HALLWAY_EMBED_SCRIPT}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${output}"
    DEPENDS "${HALLWAY_EMBED_SCRIPT}" ${built}
    COMMENT "Embedding the web client" VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
