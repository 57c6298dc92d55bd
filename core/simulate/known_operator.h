// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/simulate/operator_effect.h"
#include "core/simulate/operator_traffic.h"

#include <ATen/record_function.h>

#include <string>

namespace headroom {

/// The properties of an operator that do not depend on the call.
struct KnownOperator {
    std::string name;          ///< "mm" of "aten::mm"
    EffectRule rule = nullptr; ///< null: the Meta kernel allocates all that the real one does
    OperatorTraffic traffic = {};
};

/// The operator that is called. Cached for the lifetime of the program. Any thread.
const KnownOperator& knownOperator(const at::RecordFunction& function);

} // namespace headroom
