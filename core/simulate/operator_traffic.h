#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

#include <cstddef>
#include <vector>

namespace headroom {

/// What an operator does with memory, by its schema.
struct OperatorTraffic {
    enum class When {
        Never,          ///< it only asks for memory
        WhereAllocated, ///< it is a view, unless it had to copy
        Always
    };
    When moves = When::Never;
    /// An argument that is a tensor or a list of them.
    struct Passing {
        std::size_t argument = 0;
        double times = 0; ///< 0 looked at for its shape alone, 1 read or written, 2 both
    };
    std::vector<Passing> passing = {};
    /// Whether this says all that there is to say of it, also where it is made of other operators, which need
    /// not be looked at then.
    bool whole = false;
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
