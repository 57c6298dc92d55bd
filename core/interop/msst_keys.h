// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/interop/conversion_builder.h"

/// Keys of MSST that have an option of the same meaning; read and written with the same tables. `absent` is
/// the default of MSST's class.
namespace headroom {

inline constexpr MatchingKey msstSpectrogramKeys[] = {
    {"audio.sample_rate", "audio.sample_rate", "44100"},
    {"model.stft_n_fft", "audio.n_fft", "2048"},
    {"model.stft_hop_length", "audio.hop_length", "512"},
    {"model.multi_stft_hop_size", "loss.stft_hop", "147"},
};

inline constexpr MatchingKey msstMamba2Keys[] = {
    {"model.dim", "model.hidden_dim"},
    {"model.depth", "model.num_layers"},
    {"model.freqs_per_bands", "model.freqs_per_bands"},
};

inline constexpr MatchingKey msstRoformerKeys[] = {
    {"model.dim", "model.hidden_dim"},
    {"model.depth", "model.num_layers"},
    {"model.heads", "model.heads", "8"},
    {"model.dim_head", "model.dim_head", "64"},
    {"model.time_transformer_depth", "model.time_transformer_depth", "2"},
    {"model.freq_transformer_depth", "model.freq_transformer_depth", "2"},
    {"model.linear_transformer_depth", "model.linear_transformer_depth", "0"},
    {"model.mlp_expansion_factor", "model.mlp_expansion_factor", "4"},
    {"model.stft_normalized", "model.stft_normalized", "false"},
    {"model.skip_connection", "model.skip_connection", "false"},
    {"model.use_pope", "model.use_pope", "false"},
    {"model.use_torch_checkpoint", "model.use_gradient_checkpointing", "false"},
};

inline constexpr MatchingKey msstBsRoformerKeys[] = {
    {"model.attn_dropout", "model.attn_dropout", "0"},
    {"model.ff_dropout", "model.ff_dropout", "0"},
    {"model.freqs_per_bands", "model.freqs_per_bands"},
};

inline constexpr MatchingKey msstMelRoformerKeys[] = {
    {"model.attn_dropout", "model.attn_dropout", "0.1"},
    {"model.ff_dropout", "model.ff_dropout", "0.1"},
    {"model.num_bands", "model.num_bands", "60"},
};

inline constexpr MatchingKey msstTrainingKeys[] = {
    {"training.batch_size", "training.batch_size"},
    {"training.gradient_accumulation_steps", "training.gradient_accumulation_steps", "1"},
    {"training.grad_clip", "training.grad_clip", "0"},
    {"training.num_epochs", "training.num_epochs"},
    {"training.num_steps", "training.steps_per_epoch"},
    {"training.ema_momentum", "training.ema_decay", "0"},
};

} // namespace headroom
