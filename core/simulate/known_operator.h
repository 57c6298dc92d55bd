#pragma once

#include "core/simulate/operator_effect.h"
#include "core/simulate/operator_traffic.h"

#include <ATen/record_function.h>

#include <string>

namespace headroom {

/// What is known of an operator, whoever calls it.
struct KnownOperator {
    std::string name;          ///< "mm" of "aten::mm"
    EffectRule rule = nullptr; ///< null: its Meta kernel tells all
    OperatorTraffic traffic = {};
};

/// That of the operator that is called; found once for all devices. Any thread.
const KnownOperator& knownOperator(const at::RecordFunction& function);

} // namespace headroom
