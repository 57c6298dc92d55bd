#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

#include <cstdint>
#include <vector>

namespace headroom {

/// What an operator does with memory, by its schema.
struct OperatorTraffic {
    /// False for views, and for what only asks for memory.
    bool moves = false;
    /// By argument, if it is a tensor or a list of them: how often it passes, 1 read or written, 2 both.
    std::vector<std::int8_t> passes = {};
};

OperatorTraffic operatorTraffic(const c10::FunctionSchema& schema);

/// Bytes behind a tensor; what a dimension without stride repeats is there once.
double bytesBehind(const at::Tensor& tensor);

/// Calls take(tensor) for each tensor that is an argument, or in a list of tensors that is one.
template <class Take>
void eachTensor(const c10::IValue& argument, const Take& take) {
    if (argument.isTensor()) {
        if (argument.toTensor().defined())
            take(argument.toTensor());
    } else if (argument.isTensorList()) {
        for (const c10::IValue& each : argument.toListRef())
            eachTensor(each, take);
    }
}

} // namespace headroom
