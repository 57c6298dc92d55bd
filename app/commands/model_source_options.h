// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/model_source.h"

#include <CLI/CLI.hpp>

namespace headroom::app {

/// Adds the options that choose the model and how it separates: --weights or --run, --config, --device,
/// --overlap, --chunk-seconds, --batch-size, --tta.
void addModelOptions(CLI::App& command, ModelSource& source);

} // namespace headroom::app
