// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/scalar_text.h"
#include "core/interop/msst_sections.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace headroom {
namespace {

[[noreturn]] void refuseModel(const ForeignDocument& document, const std::string& model,
                              std::string_view key) {
    throw Error(ErrorKind::Input, fmt::format("the file describes {}, which Headroom does not have", model),
                document.place(key),
                "Headroom has BSMamba2 (module_type mamba2), BS-RoFormer and Mel-Band RoFormer.");
}

/// The model that training.model_type names, as the option --model_type of MSST does.
ModelKind namedModel(const ForeignDocument& document, const std::string& name) {
    if (name == "bs_mamba2")
        return ModelKind::BsMamba2;
    if (name == "bs_roformer")
        return ModelKind::BsRoformer;
    if (name == "mel_band_roformer")
        return ModelKind::MelBandRoformer;
    refuseModel(document, fmt::format("the model {}", excerpt(name)), "training.model_type");
}

void refuseOlderMamba(const ForeignDocument& document) {
    for (const char* key : {"model.feature_dim", "model.num_repeat_mask"}) {
        if (document.has(key))
            refuseModel(document, "TS-BSMamba2, an older model", key);
    }
}

/// Variants of the RoFormers whose layers differ.
void refuseVariants(const ForeignDocument& document) {
    for (const auto& entry : document.entries()) {
        if (!entry.key.starts_with("model.") || !document.has(entry.key))
            continue;
        const std::string value = document.value(entry.key)->IsScalar() ? *document.text(entry.key) : "";
        const bool isOff = value == "false" || value == "False" || value == "0";
        if (entry.key.find("value_residual") != std::string::npos && !isOff)
            refuseModel(document, "a RoFormer with value residual", entry.key);
        if (entry.key.find("residual_streams") != std::string::npos && !isOff && value != "1")
            refuseModel(document, "a RoFormer with hyper-connections", entry.key);
    }
}

ModelKind bandSplitModel(const ForeignDocument& document) {
    if (const auto module = document.text("model.module_type")) {
        if (*module != "mamba2")
            refuseModel(document, fmt::format("BSMamba2 with module_type {}", excerpt(*module)),
                        "model.module_type");
        return ModelKind::BsMamba2;
    }
    // Some files of BS-RoFormers give num_bands too, which that model ignores.
    if (document.has("model.num_bands") && !document.has("model.freqs_per_bands"))
        return ModelKind::MelBandRoformer;
    for (const char* key : {"model.time_transformer_depth", "model.freq_transformer_depth",
                            "model.dim_freqs_in", "model.linear_transformer_depth"}) {
        if (document.has(key))
            return ModelKind::BsRoformer;
    }
    if (document.has("model.time_module_depth") || document.has("model.mamba_gmlp"))
        refuseModel(document, "BSMamba2 with module_type transformer, the default", "model.module_type");
    throw Error(ErrorKind::Input, "the file does not say which model it describes", document.name(),
                "Add model_type: bs_roformer, mel_band_roformer or bs_mamba2 to its section training.");
}

} // namespace

ModelKind msstModel(const ForeignDocument& document) {
    refuseOlderMamba(document);
    const auto name = document.text("training.model_type");
    if (!document.has("model.dim")) {
        if (name)
            namedModel(document, *name);
        refuseModel(document, "another model (it has no model.dim)", "model");
    }
    refuseVariants(document);
    const ModelKind model = name ? namedModel(document, *name) : bandSplitModel(document);
    if (model == ModelKind::BsMamba2 &&
        document.text("model.module_type").value_or("transformer") != "mamba2")
        refuseModel(document,
                    fmt::format("BSMamba2 with module_type {}",
                                excerpt(document.text("model.module_type").value_or("transformer"))),
                    "model.module_type");
    return model;
}

} // namespace headroom
