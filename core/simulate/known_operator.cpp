// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/known_operator.h"

#include <mutex>
#include <unordered_map>

namespace headroom {
namespace {

KnownOperator makeKnownOperator(const at::RecordFunction& function) {
    const std::string_view name = function.name();
    const auto schema = function.operator_schema();
    return {std::string(name.substr(name.rfind(':') + 1)), effectRule(name, function.overload_name()),
            schema ? operatorTraffic(*schema) : OperatorTraffic{}};
}

} // namespace

const KnownOperator& knownOperator(const at::RecordFunction& function) {
    static std::mutex mutex;
    // By the address of the name, which differs between overloads.
    static std::unordered_map<const void*, KnownOperator> known;
    const std::scoped_lock lock(mutex);
    const auto found = known.find(function.name());
    return found != known.end() ? found->second
                                : known.emplace(function.name(), makeKnownOperator(function)).first->second;
}

} // namespace headroom
