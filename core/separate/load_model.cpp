// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/load_model.h"

#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/model/compute_device.h"
#include "core/model/model_shape.h"
#include "core/model/weights_fit.h"
#include "core/support/error.h"
#include "core/weights/safetensors.h"

#include <ATen/ATen.h>

#include <string>

namespace headroom {
namespace {

RunConfig storedConfig(const Safetensors& file, const std::filesystem::path& path) {
    const auto found = file.metadata.find(configMetadataKey);
    if (found == file.metadata.end()) {
        throw Error(ErrorKind::Input, "the weights contain no configuration", path.string(),
                    "Specify it with --config, or use a file that Headroom wrote.");
    }
    ConfigPlaces places;
    RunConfig config = parseConfig(found->second, path.string() + ", metadata 'config'", &places);
    checkConfig(config, places); // its stems become file names
    return config;
}

} // namespace

LoadedModel loadModel(const std::filesystem::path& weights, const std::optional<RunConfig>& config,
                      c10::Device device) {
    const Safetensors file = readSafetensors(weights.string());
    LoadedModel loaded{config ? *config : storedConfig(file, weights), nullptr};
    const ModelShape shape = modelShape(loaded.config);
    // The configuration may come from the file. Check it first, so that the model needs no more memory than
    // the file's tensors.
    requireFit(
        file.tensors, shape, weights.string(),
        file.metadata.contains(partialWeightsKey)
            ? "These weights are only a part of a model. Use them to start training (training.init_from)."
            : "Use the configuration that they were trained with.");
    loaded.model = std::make_unique<BsMamba2>(shape, device, at::kFloat, 0);
    loaded.model->parameters().load(file.tensors);
    loaded.model->setKernels(loaded.config.model.kernels);
    if (loaded.config.training.precision == Precision::Bf16 && hasFastBfloat16(device))
        loaded.model->setPrecision(at::kBFloat16);
    return loaded;
}

} // namespace headroom
