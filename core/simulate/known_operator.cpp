#include "core/simulate/known_operator.h"

#include <mutex>
#include <unordered_map>

namespace headroom {
namespace {

KnownOperator describe(const at::RecordFunction& function) {
    const std::string_view name = function.name();
    const auto schema = function.operator_schema();
    return {std::string(name.substr(name.rfind(':') + 1)), effectRule(name, function.overload_name()),
            schema ? operatorTraffic(*schema) : OperatorTraffic{}};
}

} // namespace

const KnownOperator& knownOperator(const at::RecordFunction& function) {
    static std::mutex mutex;
    static std::unordered_map<const void*, KnownOperator> known; // by the name's address, one an overload
    const std::scoped_lock lock(mutex);
    const auto found = known.find(function.name());
    return found != known.end() ? found->second
                                : known.emplace(function.name(), describe(function)).first->second;
}

} // namespace headroom
