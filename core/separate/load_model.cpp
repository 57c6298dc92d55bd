// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/load_model.h"

#include "core/model/compute_device.h"
#include "core/model/derived_tensors.h"
#include "core/model/kernel_check.h"
#include "core/model/model_shape.h"
#include "core/model/weights_fit.h"
#include "core/separate/weights_config.h"
#include "core/support/error.h"
#include "core/support/log.h"
#include "core/weights/checksum_error.h"
#include "core/weights/finite_weights.h"
#include "core/weights/published_weights.h"

#include <ATen/ATen.h>

#include <string>
#include <utility>

namespace headroom {

LoadedModel loadModel(const std::filesystem::path& weights, const std::optional<RunConfig>& config,
                      c10::Device device) {
    const std::string path = weights.string();
    const PublishedWeights outline = readWeightsOutline(path);
    WeightsConfig used = configOfWeights(path, outline, config);
    LoadedModel loaded{std::move(used.config), nullptr, std::move(used.notices)};
    const ModelShape shape = modelShape(loaded.config);
    // Configuration and shapes may come from an untrusted file. Check them first, so that neither the model
    // nor a tensor needs more memory than the parameters in the file.
    requireFit(
        outline.tensors, shape, path,
        outline.metadata.contains(partialWeightsKey)
            ? "These weights are only a part of a model. Use them to start training (training.init_from)."
            : "Use the configuration that they were trained with.");
    prepareCudaKernels(loaded.config, loaded.config.separation.chunkSeconds, device,
                       [](const std::string& text) { log(LogCategory::Cards, LogLevel::Info, text); });
    loaded.model = std::make_unique<BandSplitModel>(shape, device, at::kFloat, 0);
    ParameterSet& parameters = loaded.model->parameters();
    const PublishedWeights file = readPublishedWeights(path, [&](const std::string& name) {
        return parameters.contains(name) || isDerivedTensor(name, shape);
    });
    requireUnchanged(file.isUnchanged, path);
    loaded.notices.insert(loaded.notices.end(), file.notices.begin(), file.notices.end());
    checkDerivedTensors(file.tensors, shape, path);
    if (!parameters.load(file.tensors).isWhole())
        throw Error(ErrorKind::Input, "the file was replaced while it was read", path, "Try again.");
    requireFinite(file.tensors, path);
    loaded.model->setKernels(loaded.config.model.kernels);
    if (loaded.config.training.precision == Precision::Bf16 && hasFastBfloat16(device))
        loaded.model->setPrecision(at::kBFloat16);
    return loaded;
}

} // namespace headroom
