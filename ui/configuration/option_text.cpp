// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/option_text.h"

#include "core/config/option_value.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QStringList>

namespace headroom::ui {
namespace {

struct Label {
    const char* key;
    const char* title;
    const char* unit; ///< null: the unit of the option table
};

// clang-format off
constexpr Label labels[] = {
    {"audio.sample_rate", QT_TRANSLATE_NOOP("Option", "Sample rate"), nullptr},
    {"audio.channels", QT_TRANSLATE_NOOP("Option", "Channels"), nullptr},
    {"audio.n_fft", QT_TRANSLATE_NOOP("Option", "FFT length"), nullptr},
    {"audio.hop_length", QT_TRANSLATE_NOOP("Option", "STFT hop"), nullptr},
    {"audio.segment_length", QT_TRANSLATE_NOOP("Option", "Segment length"), nullptr},
    {"audio.segment_shortening", QT_TRANSLATE_NOOP("Option", "Segment shortening"), nullptr},
    {"model.kind", QT_TRANSLATE_NOOP("Option", "Model"), nullptr},
    {"model.hidden_dim", QT_TRANSLATE_NOOP("Option", "Width"), QT_TRANSLATE_NOOP("Option", "channels")},
    {"model.num_layers", QT_TRANSLATE_NOOP("Option", "Layers"), QT_TRANSLATE_NOOP("Option", "layers")},
    {"model.num_subbands", QT_TRANSLATE_NOOP("Option", "Bands"), QT_TRANSLATE_NOOP("Option", "bands")},
    {"model.d_state", QT_TRANSLATE_NOOP("Option", "State size"), nullptr},
    {"model.d_conv", QT_TRANSLATE_NOOP("Option", "Convolution width"), nullptr},
    {"model.expand", QT_TRANSLATE_NOOP("Option", "Expansion"), nullptr},
    {"model.headdim", QT_TRANSLATE_NOOP("Option", "Head size"), nullptr},
    {"model.use_gradient_checkpointing", QT_TRANSLATE_NOOP("Option", "Recompute all layers"), nullptr},
    {"model.freqs_per_bands", QT_TRANSLATE_NOOP("Option", "Band widths"), nullptr},
    {"model.recompute_slices", QT_TRANSLATE_NOOP("Option", "Slices"), QT_TRANSLATE_NOOP("Option", "slices")},
    {"model.recompute_layers", QT_TRANSLATE_NOOP("Option", "Recomputed layers"), QT_TRANSLATE_NOOP("Option", "layers")},
    {"model.offload", QT_TRANSLATE_NOOP("Option", "Offload layer inputs"), nullptr},
    {"model.kept_activations", QT_TRANSLATE_NOOP("Option", "Keep"), nullptr},
    {"model.kept_layers", QT_TRANSLATE_NOOP("Option", "Keeping layers"), QT_TRANSLATE_NOOP("Option", "layers")},
    {"model.kernels", QT_TRANSLATE_NOOP("Option", "Kernels"), nullptr},
    {"model.num_bands", QT_TRANSLATE_NOOP("Option", "Mel bands"), QT_TRANSLATE_NOOP("Option", "bands")},
    {"model.heads", QT_TRANSLATE_NOOP("Option", "Heads"), nullptr},
    {"model.dim_head", QT_TRANSLATE_NOOP("Option", "Head width"), nullptr},
    {"model.time_transformer_depth", QT_TRANSLATE_NOOP("Option", "Time blocks"), nullptr},
    {"model.freq_transformer_depth", QT_TRANSLATE_NOOP("Option", "Band blocks"), nullptr},
    {"model.linear_transformer_depth", QT_TRANSLATE_NOOP("Option", "Linear attention"), nullptr},
    {"model.attn_dropout", QT_TRANSLATE_NOOP("Option", "Attention dropout"), nullptr},
    {"model.ff_dropout", QT_TRANSLATE_NOOP("Option", "Feed-forward dropout"), nullptr},
    {"model.skip_connection", QT_TRANSLATE_NOOP("Option", "Skip connections"), nullptr},
    {"model.use_pope", QT_TRANSLATE_NOOP("Option", "Polar positions"), nullptr},
    {"model.mask_layers", QT_TRANSLATE_NOOP("Option", "Mask layers"), nullptr},
    {"model.mlp_expansion_factor", QT_TRANSLATE_NOOP("Option", "Mask expansion"), nullptr},
    {"model.win_length", QT_TRANSLATE_NOOP("Option", "Window length"), nullptr},
    {"model.stft_normalized", QT_TRANSLATE_NOOP("Option", "Normalized STFT"), nullptr},
    {"model.zero_dc", QT_TRANSLATE_NOOP("Option", "Silence lowest bin"), nullptr},
    {"training.batch_size", QT_TRANSLATE_NOOP("Option", "Batch size"), QT_TRANSLATE_NOOP("Option", "segments")},
    {"training.gradient_accumulation_steps", QT_TRANSLATE_NOOP("Option", "Accumulation"), QT_TRANSLATE_NOOP("Option", "steps")},
    {"training.learning_rate", QT_TRANSLATE_NOOP("Option", "Learning rate"), nullptr},
    {"training.num_epochs", QT_TRANSLATE_NOOP("Option", "Epochs"), nullptr},
    {"training.steps_per_epoch", QT_TRANSLATE_NOOP("Option", "Steps per epoch"), nullptr},
    {"training.precision", QT_TRANSLATE_NOOP("Option", "Precision"), nullptr},
    {"training.num_workers", QT_TRANSLATE_NOOP("Option", "Loader workers"), QT_TRANSLATE_NOOP("Option", "threads")},
    {"training.prefetch_factor", QT_TRANSLATE_NOOP("Option", "Prefetch"), QT_TRANSLATE_NOOP("Option", "batches")},
    {"training.grad_clip", QT_TRANSLATE_NOOP("Option", "Gradient clip"), nullptr},
    {"training.ema_decay", QT_TRANSLATE_NOOP("Option", "EMA decay"), nullptr},
    {"training.seed", QT_TRANSLATE_NOOP("Option", "Seed"), nullptr},
    {"training.output_dir", QT_TRANSLATE_NOOP("Option", "Runs folder"), nullptr},
    {"training.init_from", QT_TRANSLATE_NOOP("Option", "Start from weights"), nullptr},
    {"training.lora_rank", QT_TRANSLATE_NOOP("Option", "LoRA rank"), nullptr},
    {"training.freeze", QT_TRANSLATE_NOOP("Option", "Frozen parameters"), nullptr},
    {"training.save_every_n_epochs", QT_TRANSLATE_NOOP("Option", "Save every"), QT_TRANSLATE_NOOP("Option", "epochs")},
    {"training.save_every_n_minutes", QT_TRANSLATE_NOOP("Option", "Max. save interval"), nullptr},
    {"training.keep_last_n_checkpoints", QT_TRANSLATE_NOOP("Option", "Checkpoints kept"), nullptr},
    {"training.validate_every_n_epochs", QT_TRANSLATE_NOOP("Option", "Validate every"), QT_TRANSLATE_NOOP("Option", "epochs")},
    {"training.best_metric", QT_TRANSLATE_NOOP("Option", "Best checkpoint by"), nullptr},
    {"training.metrics", QT_TRANSLATE_NOOP("Option", "Further metrics"), nullptr},
    {"training.audition_seconds", QT_TRANSLATE_NOOP("Option", "Audition"), nullptr},
    {"training.audition_song", QT_TRANSLATE_NOOP("Option", "Audition song"), nullptr},
    {"training.optimizer", QT_TRANSLATE_NOOP("Option", "Optimizer"), nullptr},
    {"training.weight_decay", QT_TRANSLATE_NOOP("Option", "Weight decay"), nullptr},
    {"training.momentum", QT_TRANSLATE_NOOP("Option", "SGD momentum"), nullptr},
    {"training.warmup_steps", QT_TRANSLATE_NOOP("Option", "Warm-up"), QT_TRANSLATE_NOOP("Option", "updates")},
    {"training.plateau_patience", QT_TRANSLATE_NOOP("Option", "Plateau patience"), QT_TRANSLATE_NOOP("Option", "validations")},
    {"training.plateau_factor", QT_TRANSLATE_NOOP("Option", "Plateau factor"), nullptr},
    {"training.decay_to", QT_TRANSLATE_NOOP("Option", "Final LR fraction"), nullptr},
    {"training.non_finite_limit", QT_TRANSLATE_NOOP("Option", "NaN/Inf limit"), QT_TRANSLATE_NOOP("Option", "updates")},
    {"training.early_stop_patience", QT_TRANSLATE_NOOP("Option", "Early stop"), QT_TRANSLATE_NOOP("Option", "validations")},
    {"loss.lambda_time", QT_TRANSLATE_NOOP("Option", "Waveform loss weight"), nullptr},
    {"loss.time_error", QT_TRANSLATE_NOOP("Option", "Waveform loss type"), nullptr},
    {"loss.stft_windows", QT_TRANSLATE_NOOP("Option", "STFT loss windows"), nullptr},
    {"loss.stft_hop", QT_TRANSLATE_NOOP("Option", "STFT loss hop"), nullptr},
    {"data.root", QT_TRANSLATE_NOOP("Option", "Data set"), nullptr},
    {"data.more_roots", QT_TRANSLATE_NOOP("Option", "Further data sets"), nullptr},
    {"data.targets", QT_TRANSLATE_NOOP("Option", "Stems to separate"), nullptr},
    {"data.stems", QT_TRANSLATE_NOOP("Option", "Stems of the mixture"), nullptr},
    {"data.mixture", QT_TRANSLATE_NOOP("Option", "Mixture"), nullptr},
    {"data.validation", QT_TRANSLATE_NOOP("Option", "Validation songs"), nullptr},
    {"data.exclude", QT_TRANSLATE_NOOP("Option", "Excluded songs"), nullptr},
    {"data.random_mix_probability", QT_TRANSLATE_NOOP("Option", "Random mixes"), nullptr},
    {"data.stem_dropout", QT_TRANSLATE_NOOP("Option", "Stem dropout"), nullptr},
    {"data.activity_window", QT_TRANSLATE_NOOP("Option", "Activity window"), nullptr},
    {"data.gain_min", QT_TRANSLATE_NOOP("Option", "Min gain"), nullptr},
    {"data.gain_max", QT_TRANSLATE_NOOP("Option", "Max gain"), nullptr},
    {"data.pitch_shift", QT_TRANSLATE_NOOP("Option", "Pitch shift"), QT_TRANSLATE_NOOP("Option", "semitones")},
    {"data.channel_swap_probability", QT_TRANSLATE_NOOP("Option", "Channel swaps"), nullptr},
    {"data.stereo_spread", QT_TRANSLATE_NOOP("Option", "Stereo spread"), nullptr},
    {"data.shelf_gain", QT_TRANSLATE_NOOP("Option", "High-shelf gain"), QT_TRANSLATE_NOOP("Option", "dB")},
    {"data.polarity_probability", QT_TRANSLATE_NOOP("Option", "Polarity flips"), nullptr},
    {"data.mixup_probability", QT_TRANSLATE_NOOP("Option", "Same-stem mixup"), nullptr},
    {"data.equalizer_probability", QT_TRANSLATE_NOOP("Option", "Equalizer"), nullptr},
    {"data.equalizer_gain", QT_TRANSLATE_NOOP("Option", "Equalizer gain"), QT_TRANSLATE_NOOP("Option", "dB")},
    {"data.pitch_probability", QT_TRANSLATE_NOOP("Option", "Pitch changes"), nullptr},
    {"data.pitch_min", QT_TRANSLATE_NOOP("Option", "Lowest pitch"), QT_TRANSLATE_NOOP("Option", "semitones")},
    {"data.pitch_max", QT_TRANSLATE_NOOP("Option", "Highest pitch"), QT_TRANSLATE_NOOP("Option", "semitones")},
    {"data.pitch_stems", QT_TRANSLATE_NOOP("Option", "Stems changed in pitch"), nullptr},
    {"data.stretch_probability", QT_TRANSLATE_NOOP("Option", "Tempo changes"), nullptr},
    {"data.stretch_min", QT_TRANSLATE_NOOP("Option", "Slowest tempo"), nullptr},
    {"data.stretch_max", QT_TRANSLATE_NOOP("Option", "Fastest tempo"), nullptr},
    {"data.stretch_stems", QT_TRANSLATE_NOOP("Option", "Stems changed in tempo"), nullptr},
    {"data.silent_chunk_probability", QT_TRANSLATE_NOOP("Option", "Silent segments kept"), nullptr},
    {"data.length_mismatch", QT_TRANSLATE_NOOP("Option", "Unequal lengths"), nullptr},
    {"data.incomplete_songs", QT_TRANSLATE_NOOP("Option", "Songs that lack stems"), nullptr},
    {"data.file_errors", QT_TRANSLATE_NOOP("Option", "Unreadable files"), nullptr},
    {"separation.overlap", QT_TRANSLATE_NOOP("Option", "Segment overlap"), nullptr},
    {"separation.chunk_seconds", QT_TRANSLATE_NOOP("Option", "Separation segment"), nullptr},
    {"separation.batch_size", QT_TRANSLATE_NOOP("Option", "Separation batch"), nullptr},
    {"separation.test_time_augmentation", QT_TRANSLATE_NOOP("Option", "Test-time augmentation"), nullptr},
    {"memory.reserve", QT_TRANSLATE_NOOP("Option", "Kept free"), nullptr},
};
// clang-format on

const Label* findLabel(const Option& option) {
    for (const Label& label : labels)
        if (option.key == label.key)
            return &label;
    return nullptr;
}

QString translated(const char* text) {
    return QCoreApplication::translate("Option", text);
}

/// "New thing" for "model.new_thing".
QString titleOfKey(const Option& option) {
    QString title = QString::fromStdString(option.name()).replace(QLatin1Char('_'), QLatin1Char(' '));
    title[0] = title[0].toUpper();
    return title;
}

QString affectsText(const Affects& affects) {
    QStringList parts;
    if (affects.memory)
        parts << translated(QT_TRANSLATE_NOOP("Option", "memory"));
    if (affects.speed)
        parts << translated(QT_TRANSLATE_NOOP("Option", "speed"));
    if (affects.quality)
        parts << translated(QT_TRANSLATE_NOOP("Option", "quality"));
    return parts.join(QStringLiteral(", "));
}

QString effectText(TakesEffect effect) {
    switch (effect) {
    case TakesEffect::NextStep:
        return translated(QT_TRANSLATE_NOOP("Option", "A change takes effect at the next step."));
    case TakesEffect::NextStart:
        return translated(QT_TRANSLATE_NOOP("Option", "A change takes effect when the run is resumed."));
    case TakesEffect::NewRun:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("Option", "A change needs a new run."));
}

QString rangeText(const Option& option) {
    return translated(QT_TRANSLATE_NOOP("Option", "%1 to %2"))
        .arg(optionValueText(option.min), optionValueText(option.max));
}

} // namespace

QString optionTitle(const Option& option) {
    const Label* label = findLabel(option);
    return label == nullptr ? titleOfKey(option) : translated(label->title);
}

QString optionUnit(const Option& option) {
    const Label* label = findLabel(option);
    if (label != nullptr && label->unit != nullptr)
        return translated(label->unit);
    return option.unit.empty() ? QString() : translated(option.unit.c_str());
}

QString optionToolTip(const Option& option) {
    QStringList lines = {translated(option.description.c_str()) + QStringLiteral(".")};
    if (const QString affects = affectsText(option.affects); !affects.isEmpty())
        lines << translated(QT_TRANSLATE_NOOP("Option", "Affects: %1.")).arg(affects);
    lines << effectText(option.takesEffect);
    if (option.type == OptionType::Integer || option.type == OptionType::Real)
        lines << rangeText(option);
    if (!option.guide.empty())
        lines << translated(QT_TRANSLATE_NOOP("Option", "The 32 GB guide: %1"))
                     .arg(QString::fromStdString(option.guide));
    lines << QString::fromStdString(option.key);
    return lines.join(QLatin1Char('\n'));
}

QString optionValueText(const OptionValue& value) {
    if (const auto* flag = std::get_if<bool>(&value))
        return *flag ? translated(QT_TRANSLATE_NOOP("Option", "on"))
                     : translated(QT_TRANSLATE_NOOP("Option", "off"));
    if (const auto* text = std::get_if<std::string>(&value))
        return QString::fromStdString(*text);
    return QString::fromStdString(formatOptionValue(value));
}

} // namespace headroom::ui
