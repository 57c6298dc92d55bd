// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/oracle/access_observer.h"

#include <ATen/ATen.h>
#include <ATen/core/function_schema.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <cstddef>
#include <dlfcn.h>
#include <memory>
#include <stdexcept>

namespace headroom::test {
namespace {

using Access = void (*)(const void* stream, const void* pointer, std::size_t size, int writes,
                        const char* what);

template <class Function>
Function fakeFunction(const char* name) {
    const auto function = reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, name));
    if (function == nullptr)
        throw std::runtime_error("the fake CUDA runtime is not loaded");
    return function;
}

/// From its first to its last element.
void access(const at::Tensor& tensor, bool writes, const char* what) {
    if (!tensor.defined() || !tensor.is_cuda() || tensor.numel() == 0)
        return;
    std::int64_t last = 0;
    for (std::int64_t i = 0; i < tensor.dim(); ++i)
        last += (tensor.size(i) - 1) * tensor.stride(i);
    static const auto fakeAccess = fakeFunction<Access>("fakeAccess");
    const c10::impl::VirtualGuardImpl cuda(c10::kCUDA);
    fakeAccess(cuda.getStreamNativeHandle(cuda.getStream(tensor.device())), tensor.const_data_ptr(),
               static_cast<std::size_t>(last + 1) * tensor.element_size(), writes, what);
}

void access(const c10::IValue& value, const c10::Argument& argument, const char* what, bool isResult) {
    const auto* alias = argument.alias_info();
    const bool writes = alias != nullptr ? alias->isWrite() : isResult;
    if (value.isTensor()) {
        access(value.toTensor(), writes, what);
    } else if (value.isTensorList()) {
        for (const at::Tensor& tensor : value.toTensorVector())
            access(tensor, writes, what);
    }
}

std::unique_ptr<at::ObserverContext> enter(const at::RecordFunction& function) {
    const auto schema = function.operator_schema();
    const auto values = function.inputs();
    for (std::size_t i = 0; schema && i < values.size(); ++i)
        access(values[i], schema->arguments()[i], function.name(), false);
    return nullptr;
}

void leave(const at::RecordFunction& function, at::ObserverContext* /*context*/) {
    const auto schema = function.operator_schema();
    const auto& values = function.outputs();
    for (std::size_t i = 0; schema && i < values.size(); ++i)
        access(values[i], schema->returns()[i], function.name(), true);
}

} // namespace

AccessObserver::AccessObserver()
    : callback_(at::addGlobalCallback(at::RecordFunctionCallback(&enter, &leave)
                                          .needsInputs(true)
                                          .needsOutputs(true)
                                          .scopes({at::RecordScope::FUNCTION}))) {}

AccessObserver::~AccessObserver() {
    at::removeCallback(callback_);
}

std::size_t AccessObserver::sideCopies() const {
    return fakeFunction<std::size_t (*)()>("fakeSideCopies")();
}

} // namespace headroom::test
