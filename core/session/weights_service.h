// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/export_report.h"

#include <functional>
#include <string>

namespace headroom {

/// The end of an export of weights.
struct WeightsExported {
    ExportReport report = {};
    std::string problem = {}; ///< why nothing was written; empty if it was
};

/// Writes weights for other programs on a worker thread, one request after the other. Thread-safe; calls
/// return immediately. Answers arrive on the worker thread in the order of the requests. The destructor
/// finishes the export in progress and joins; no answer arrives after it.
class WeightsService {
public:
    virtual ~WeightsService() = default;

    /// See exportWeights().
    virtual void exportWeights(const ExportRequest& request,
                               std::function<void(const WeightsExported&)> answer) = 0;
};

} // namespace headroom
