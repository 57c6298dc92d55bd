// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/run_config.h"
#include "core/model/band_split_model.h"
#include "core/model/scan_form.h"
#include "core/monitor/counting_allocator.h"
#include "core/train/train_step.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/record_function.h>

#include <set>

using namespace headroom;

namespace {

RunConfig smallConfig(Precision precision) {
    RunConfig config;
    config.audio.nFft = 256;
    config.audio.hopLength = 64;
    config.audio.segmentLength = 0.3;
    config.model.hiddenDim = 32;
    config.model.numLayers = 2;
    config.model.dState = 16;
    config.model.headdim = 16;
    config.model.freqsPerBands = {4, 4, 8, 16, 32, 65};
    config.training.batchSize = 2;
    config.training.precision = precision;
    config.loss.stftWindows = {256};
    return config;
}

at::Tensor noise(const RunConfig& config) {
    return at::randn({config.training.batchSize, 2,
                      static_cast<std::int64_t>(config.audio.segmentLength * config.audio.sampleRate)})
        .mul_(0.1);
}

/// Distinct products of this thread, "name dtype dtype". Products that sum over tokens are "sum of tokens,
/// ...".
std::set<std::string> products;

std::unique_ptr<at::ObserverContext> recordProduct(const at::RecordFunction& function) {
    static const std::set<std::string> names{
        "aten::mm",       "aten::bmm",    "aten::addmm", "aten::addmm_", "aten::baddbmm",
        "aten::baddbmm_", "aten::linear", "aten::dot",   "aten::mv",     "aten::convolution"};
    if (!names.contains(function.name()))
        return nullptr;
    std::string text = function.name();
    for (const c10::IValue& input : function.inputs()) {
        if (!input.isTensor())
            continue;
        const at::Tensor& tensor = input.toTensor();
        text += std::string(" ") + c10::toString(tensor.scalar_type());
        if (tensor.dim() == 2 && tensor.size(0) == 1 && text == "aten::mm Float")
            text = "sum of tokens, Float";
    }
    products.insert(text);
    return nullptr;
}

/// Bytes that a forward pass keeps for the backward pass.
std::int64_t activationBytes(Precision precision) {
    const RunConfig config = smallConfig(precision);
    TrainStep step(config, at::kCPU);
    const at::Tensor mixture = noise(config);
    const std::int64_t before = takeCountedBytes().allocated;
    const at::Tensor wave = step.model().forward(mixture);
    return takeCountedBytes().allocated - before;
}

} // namespace

class TestBf16Dispatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { countCpuTensors(); }

    /// With LibTorch's operators, which run on devices without our own kernels.
    void computesEveryProductInBf16() {
        const ScanFormGuard guard(ScanForm::Operators);
        const RunConfig config = smallConfig(Precision::Bf16);
        TrainStep step(config, at::kCPU);
        const at::Tensor mixture = noise(config);
        for (const std::int64_t layers : {0, 2}) {
            step.setRecompute({.layers = layers, .slices = 3});
            const auto callback = at::addThreadLocalCallback(at::RecordFunctionCallback(recordProduct)
                                                                 .needsInputs(true)
                                                                 .scopes({at::RecordScope::FUNCTION}));
            products.clear();
            step.forwardBackward(mixture, mixture.unsqueeze(1) * 0.5, 1);
            at::removeCallback(callback);
            QVERIFY(products.size() >= 4);
            for (const std::string& product : products) {
                // Gradients of time steps and decays are float32 and summed in float32.
                const bool sum = product == "sum of tokens, Float Float";
                QVERIFY2(sum || product.find(" Float") == std::string::npos, product.c_str());
            }
        }
    }

    void keepsActivationsInBf16() {
        const ScanFormGuard guard(ScanForm::Operators);
        const auto exact = static_cast<double>(activationBytes(Precision::Fp32));
        const auto rounded = static_cast<double>(activationBytes(Precision::Bf16));
        QVERIFY2(rounded < 0.6 * exact, QByteArray::number(rounded / exact));
    }
};

HEADROOM_TEST_MAIN(TestBf16Dispatch)
#include "tst_bf16_dispatch.moc"
