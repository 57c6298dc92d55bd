// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_options.h"

#include "core/config/section_options.h"

namespace headroom {
namespace {

using namespace option_table;

const std::vector<ModelKind> mamba{ModelKind::BsMamba2};
const std::vector<ModelKind> separateBands{ModelKind::BsMamba2, ModelKind::BsRoformer};
const std::vector<ModelKind> roformers{ModelKind::BsRoformer, ModelKind::MelBandRoformer};
const std::vector<ModelKind> mel{ModelKind::MelBandRoformer};

void addMambaOptions(SectionOptions<ModelConfig>& options) {
    using Model = ModelConfig;
    options
        .number(&Model::numSubbands, "num_subbands", {16, 128, 1}, all, newRun,
                "Bands that the spectrum is split into; if freqs_per_bands is set, leave this at 62 or "
                "set it to the number of widths there",
                "62 -> 48 -> 32")
        .kinds = mamba;
    options.number(&Model::dState, "d_state", {1, 512, 1}, all, newRun, "State size of the Mamba2 mixers")
        .kinds = mamba;
    options
        .number(&Model::dConv, "d_conv", {1, 16, 1}, speedQuality, newRun,
                "Kernel width of the causal convolution in the Mamba2 mixers")
        .kinds = mamba;
    options
        .number(&Model::expand, "expand", {1, 8, 1}, all, newRun,
                "Inner width of a Mamba2 mixer as a multiple of hidden_dim")
        .kinds = mamba;
    options
        .number(&Model::headdim, "headdim", {1, 512, 1}, all, newRun, "Features per head of a Mamba2 mixer")
        .kinds = mamba;
}

void addRecomputeOptions(SectionOptions<ModelConfig>& options) {
    using Model = ModelConfig;
    options.other(
        &Model::useGradientCheckpointing, "use_gradient_checkpointing", memorySpeed, nextStep,
        "Keep only the inputs of the dual-path layers and recompute their activations in the backward pass",
        "false -> true");
    options.number(&Model::recomputeLayers, "recompute_layers", {0, 24, 1}, memorySpeed, nextStep,
                   "Number of dual-path layers, counted from the first, to recompute when "
                   "use_gradient_checkpointing is false; num_layers or more: all");
    options.number(&Model::recomputeSlices, "recompute_slices", {0, 4096, 1}, memorySpeed, nextStep,
                   "Slices that each recomputed layer is processed in, one after another; more slices need "
                   "less memory; 0: slices of about 8,000 tokens");
    options.other(&Model::offload, "offload", memorySpeed, nextStep,
                  "Keep the inputs of recomputed layers in host memory instead of device memory");
    options
        .choice(
            &Model::keptActivations, "kept_activations", {"input", "projected", "convolved", "scanned"},
            memorySpeed, nextStep,
            "What the Mamba2 mixers keep for the backward pass, in layers that do not recompute, on a card "
            "with our kernels: their input, also the tokens after in_proj, also B and C after the "
            "convolution, or also the result of the scan; each needs more memory and less time than the one "
            "before",
            "scanned -> convolved -> projected -> input")
        .kinds = mamba;
    options
        .number(
            &Model::keptLayers, "kept_layers", {0, 24, 1}, memorySpeed, nextStep,
            "Number of dual-path layers, counted from the last, that keep kept_activations; num_layers or "
            "more: all")
        .kinds = mamba;
}

void addAttentionOptions(SectionOptions<ModelConfig>& options) {
    using Model = ModelConfig;
    options.number(&Model::heads, "heads", {1, 128, 1}, all, newRun, "Heads of each attention").kinds =
        roformers;
    options
        .number(&Model::dimHead, "dim_head", {1, 512, 8}, all, newRun,
                "Features per head of each attention; even, unless use_pope is set")
        .kinds = roformers;
    options
        .number(&Model::timeTransformerDepth, "time_transformer_depth", {1, 8, 1}, all, newRun,
                "Blocks of attention and feed-forward along time in each layer")
        .kinds = roformers;
    options
        .number(&Model::freqTransformerDepth, "freq_transformer_depth", {1, 8, 1}, all, newRun,
                "Blocks of attention and feed-forward along bands in each layer")
        .kinds = roformers;
    options
        .number(&Model::linearTransformerDepth, "linear_transformer_depth", {0, 8, 1}, all, newRun,
                "Blocks of linear attention over all tokens at the start of each layer; 0: none")
        .kinds = roformers;
    options
        .number(&Model::attnDropout, "attn_dropout", {0, 0.9, 0.05}, all, nextStart,
                "Fraction of the attention weights and of the attention outputs dropped in training")
        .kinds = roformers;
    options
        .number(&Model::ffDropout, "ff_dropout", {0, 0.9, 0.05}, all, nextStart,
                "Fraction of the feed-forward activations dropped in training")
        .kinds = roformers;
    options
        .other(&Model::skipConnection, "skip_connection", all, newRun,
               "Add the outputs of all earlier layers to the input of each layer")
        .kinds = roformers;
    options
        .other(&Model::usePope, "use_pope", all, newRun,
               "Polar positions (PoPE) in the attention instead of rotary ones")
        .kinds = roformers;
}

void addMaskOptions(SectionOptions<ModelConfig>& options) {
    using Model = ModelConfig;
    options
        .number(&Model::maskLayers, "mask_layers", {1, 8, 1}, all, newRun,
                "Linear layers of the mask estimator of a band; other programs can count one fewer")
        .kinds = roformers;
    options
        .number(&Model::mlpExpansionFactor, "mlp_expansion_factor", {1, 16, 1}, all, newRun,
                "Hidden width of the mask estimators as a multiple of hidden_dim")
        .kinds = roformers;
    options
        .number(&Model::winLength, "win_length", {0, 16384, 2, "samples"}, all, newRun,
                "STFT window, at most n_fft and at least twice hop_length; 0: n_fft")
        .kinds = roformers;
    options
        .other(&Model::stftNormalized, "stft_normalized", all, newRun,
               "Divide the spectrogram by the root of n_fft, as some weights were trained")
        .kinds = roformers;
    options
        .other(&Model::zeroDc, "zero_dc", all, newRun,
               "Silence the lowest frequency bin of the estimates, as some weights were trained")
        .kinds = roformers;
}

} // namespace

std::vector<Option> modelOptions() {
    using Model = ModelConfig;
    SectionOptions<Model> options("model", &RunConfig::model);
    options.choice(&Model::kind, "kind", {"bs_mamba2", "bs_roformer", "mel_band_roformer"}, all, newRun,
                   "Kind of model: bs_mamba2 mixes tokens with Mamba2, bs_roformer and mel_band_roformer "
                   "with attention; the mel bands of mel_band_roformer overlap");
    options.number(&Model::hiddenDim, "hidden_dim", {8, 1024, 16}, all, newRun,
                   "Features per band and frame; in bs_mamba2, hidden_dim times expand must be a multiple of "
                   "headdim",
                   "256 -> 192 -> 128");
    options.number(&Model::numLayers, "num_layers", {1, 24, 1}, all, newRun,
                   "Dual-path layers; each runs along time and along bands", "6 -> 4");
    addMambaOptions(options);
    addRecomputeOptions(options);
    options
        .number(&Model::freqsPerBands, "freqs_per_bands", {1, 8193, 1, "bins"}, all, newRun,
                "Width of each band from low to high frequencies, n_fft / 2 + 1 bins in total; empty: "
                "derived from num_subbands, or the 62 bands of the paper")
        .kinds = separateBands;
    options
        .choice(&Model::kernels, "kernels", {"auto", "operators"}, memorySpeed, nextStep,
                "What computes the Mamba2 mixers: auto uses our own kernels where the device and the sizes "
                "allow it, operators always uses LibTorch's operators, for comparison")
        .kinds = mamba;
    options
        .number(&Model::numBands, "num_bands", {1, 512, 1}, all, newRun,
                "Bands on the mel scale, which overlap; every band must contain a bin")
        .kinds = mel;
    addAttentionOptions(options);
    addMaskOptions(options);
    return options.take();
}

} // namespace headroom
