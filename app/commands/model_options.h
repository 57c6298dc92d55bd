#pragma once

#include "core/values/model_source.h"

#include <CLI/CLI.hpp>

namespace headroom::app {

/// The options that say which model separates, and how: --weights or --run, --config, --device, --overlap,
/// --chunk-seconds.
void addModelOptions(CLI::App& command, ModelSource& source);

} // namespace headroom::app
