#include "ui/models/knob_text.h"

#include "core/config/knob_value.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QStringList>

namespace headroom::ui {
namespace {

struct Words {
    const char* key;
    const char* title;
    const char* unit; ///< null: the knob table's own
};

// clang-format off
constexpr Words allWords[] = {
    {"audio.sample_rate", QT_TRANSLATE_NOOP("Knob", "Sample rate"), nullptr},
    {"audio.channels", QT_TRANSLATE_NOOP("Knob", "Channels"), nullptr},
    {"audio.n_fft", QT_TRANSLATE_NOOP("Knob", "STFT window"), nullptr},
    {"audio.hop_length", QT_TRANSLATE_NOOP("Knob", "STFT hop"), nullptr},
    {"audio.segment_length", QT_TRANSLATE_NOOP("Knob", "Segment length"), nullptr},
    {"model.hidden_dim", QT_TRANSLATE_NOOP("Knob", "Width"), QT_TRANSLATE_NOOP("Knob", "channels")},
    {"model.num_layers", QT_TRANSLATE_NOOP("Knob", "Layers"), QT_TRANSLATE_NOOP("Knob", "layers")},
    {"model.num_subbands", QT_TRANSLATE_NOOP("Knob", "Bands"), QT_TRANSLATE_NOOP("Knob", "bands")},
    {"model.d_state", QT_TRANSLATE_NOOP("Knob", "State size"), nullptr},
    {"model.d_conv", QT_TRANSLATE_NOOP("Knob", "Convolution width"), nullptr},
    {"model.expand", QT_TRANSLATE_NOOP("Knob", "Expansion"), nullptr},
    {"model.headdim", QT_TRANSLATE_NOOP("Knob", "Head size"), nullptr},
    {"model.use_gradient_checkpointing", QT_TRANSLATE_NOOP("Knob", "Recompute all layers"), nullptr},
    {"model.freqs_per_bands", QT_TRANSLATE_NOOP("Knob", "Band widths"), nullptr},
    {"model.recompute_slices", QT_TRANSLATE_NOOP("Knob", "Slices"), QT_TRANSLATE_NOOP("Knob", "slices")},
    {"model.recompute_layers", QT_TRANSLATE_NOOP("Knob", "Layers recomputed"), QT_TRANSLATE_NOOP("Knob", "layers")},
    {"model.offload", QT_TRANSLATE_NOOP("Knob", "Offload layer inputs"), nullptr},
    {"training.batch_size", QT_TRANSLATE_NOOP("Knob", "Batch size"), QT_TRANSLATE_NOOP("Knob", "segments")},
    {"training.gradient_accumulation_steps", QT_TRANSLATE_NOOP("Knob", "Accumulation"), QT_TRANSLATE_NOOP("Knob", "steps")},
    {"training.learning_rate", QT_TRANSLATE_NOOP("Knob", "Learning rate"), nullptr},
    {"training.num_epochs", QT_TRANSLATE_NOOP("Knob", "Epochs"), nullptr},
    {"training.steps_per_epoch", QT_TRANSLATE_NOOP("Knob", "Steps per epoch"), nullptr},
    {"training.precision", QT_TRANSLATE_NOOP("Knob", "Precision"), nullptr},
    {"training.num_workers", QT_TRANSLATE_NOOP("Knob", "Loader workers"), QT_TRANSLATE_NOOP("Knob", "threads")},
    {"training.prefetch_factor", QT_TRANSLATE_NOOP("Knob", "Prefetch"), QT_TRANSLATE_NOOP("Knob", "batches")},
    {"training.grad_clip", QT_TRANSLATE_NOOP("Knob", "Gradient clip"), nullptr},
    {"training.ema_decay", QT_TRANSLATE_NOOP("Knob", "EMA decay"), nullptr},
    {"training.seed", QT_TRANSLATE_NOOP("Knob", "Seed"), nullptr},
    {"training.output_dir", QT_TRANSLATE_NOOP("Knob", "Folder for runs"), nullptr},
    {"training.init_from", QT_TRANSLATE_NOOP("Knob", "Start from weights"), nullptr},
    {"training.save_every_n_epochs", QT_TRANSLATE_NOOP("Knob", "Save every"), QT_TRANSLATE_NOOP("Knob", "epochs")},
    {"training.save_every_n_minutes", QT_TRANSLATE_NOOP("Knob", "Save at least every"), nullptr},
    {"training.keep_last_n_checkpoints", QT_TRANSLATE_NOOP("Knob", "Checkpoints kept"), nullptr},
    {"training.validate_every_n_epochs", QT_TRANSLATE_NOOP("Knob", "Validate every"), QT_TRANSLATE_NOOP("Knob", "epochs")},
    {"training.optimizer", QT_TRANSLATE_NOOP("Knob", "Optimizer"), nullptr},
    {"training.weight_decay", QT_TRANSLATE_NOOP("Knob", "Weight decay"), nullptr},
    {"training.momentum", QT_TRANSLATE_NOOP("Knob", "Momentum of SGD"), nullptr},
    {"training.warmup_steps", QT_TRANSLATE_NOOP("Knob", "Warm-up"), QT_TRANSLATE_NOOP("Knob", "updates")},
    {"training.plateau_patience", QT_TRANSLATE_NOOP("Knob", "Plateau patience"), QT_TRANSLATE_NOOP("Knob", "validations")},
    {"training.plateau_factor", QT_TRANSLATE_NOOP("Knob", "Plateau factor"), nullptr},
    {"training.decay_to", QT_TRANSLATE_NOOP("Knob", "Final LR fraction"), nullptr},
    {"training.non_finite_limit", QT_TRANSLATE_NOOP("Knob", "NaN/Inf limit"), QT_TRANSLATE_NOOP("Knob", "updates")},
    {"loss.lambda_time", QT_TRANSLATE_NOOP("Knob", "Waveform loss weight"), nullptr},
    {"loss.time_error", QT_TRANSLATE_NOOP("Knob", "Waveform loss type"), nullptr},
    {"loss.stft_windows", QT_TRANSLATE_NOOP("Knob", "STFT loss windows"), nullptr},
    {"loss.stft_hop", QT_TRANSLATE_NOOP("Knob", "STFT loss hop"), nullptr},
    {"data.root", QT_TRANSLATE_NOOP("Knob", "Songs"), nullptr},
    {"data.targets", QT_TRANSLATE_NOOP("Knob", "Stems to separate"), nullptr},
    {"data.stems", QT_TRANSLATE_NOOP("Knob", "Stems of the mixture"), nullptr},
    {"data.validation", QT_TRANSLATE_NOOP("Knob", "Validation songs"), nullptr},
    {"data.exclude", QT_TRANSLATE_NOOP("Knob", "Excluded songs"), nullptr},
    {"data.random_mix_probability", QT_TRANSLATE_NOOP("Knob", "Random mixes"), nullptr},
    {"data.stem_dropout", QT_TRANSLATE_NOOP("Knob", "Stem dropout"), nullptr},
    {"data.activity_window", QT_TRANSLATE_NOOP("Knob", "Activity window"), nullptr},
    {"data.gain_min", QT_TRANSLATE_NOOP("Knob", "Min gain"), nullptr},
    {"data.gain_max", QT_TRANSLATE_NOOP("Knob", "Max gain"), nullptr},
    {"data.pitch_shift", QT_TRANSLATE_NOOP("Knob", "Pitch shift"), QT_TRANSLATE_NOOP("Knob", "semitones")},
    {"data.channel_swap_probability", QT_TRANSLATE_NOOP("Knob", "Channel swaps"), nullptr},
    {"data.stereo_spread", QT_TRANSLATE_NOOP("Knob", "Stereo spread"), nullptr},
    {"data.shelf_gain", QT_TRANSLATE_NOOP("Knob", "High-shelf gain"), QT_TRANSLATE_NOOP("Knob", "dB")},
    {"data.silent_chunk_probability", QT_TRANSLATE_NOOP("Knob", "Silent segments kept"), nullptr},
    {"data.file_errors", QT_TRANSLATE_NOOP("Knob", "Unreadable files"), nullptr},
    {"separation.overlap", QT_TRANSLATE_NOOP("Knob", "Overlap of chunks"), nullptr},
    {"separation.chunk_seconds", QT_TRANSLATE_NOOP("Knob", "Chunk length"), nullptr},
};
// clang-format on

const Words* findWords(const Knob& knob) {
    for (const Words& words : allWords)
        if (knob.key == words.key)
            return &words;
    return nullptr;
}

QString translated(const char* text) {
    return QCoreApplication::translate("Knob", text);
}

/// "model.new_thing" is called "New thing".
QString titleOfKey(const Knob& knob) {
    QString title = QString::fromStdString(knob.name()).replace(QLatin1Char('_'), QLatin1Char(' '));
    title[0] = title[0].toUpper();
    return title;
}

QString affectsText(const Affects& affects) {
    QStringList parts;
    if (affects.memory)
        parts << translated(QT_TRANSLATE_NOOP("Knob", "memory"));
    if (affects.speed)
        parts << translated(QT_TRANSLATE_NOOP("Knob", "speed"));
    if (affects.quality)
        parts << translated(QT_TRANSLATE_NOOP("Knob", "quality"));
    return parts.join(QStringLiteral(", "));
}

QString effectText(TakesEffect effect) {
    switch (effect) {
    case TakesEffect::NextStep:
        return translated(QT_TRANSLATE_NOOP("Knob", "A change takes effect at the next step."));
    case TakesEffect::NextStart:
        return translated(QT_TRANSLATE_NOOP("Knob", "A change takes effect when the run is resumed."));
    case TakesEffect::NewRun:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("Knob", "A change needs a new run."));
}

QString rangeText(const Knob& knob) {
    return translated(QT_TRANSLATE_NOOP("Knob", "%1 to %2"))
        .arg(knobValueText(knob.min), knobValueText(knob.max));
}

} // namespace

QString knobTitle(const Knob& knob) {
    const Words* words = findWords(knob);
    return words == nullptr ? titleOfKey(knob) : translated(words->title);
}

QString knobUnit(const Knob& knob) {
    const Words* words = findWords(knob);
    if (words != nullptr && words->unit != nullptr)
        return translated(words->unit);
    return knob.unit.empty() ? QString() : translated(knob.unit.c_str());
}

QString knobToolTip(const Knob& knob) {
    QStringList lines = {translated(knob.description.c_str()) + QStringLiteral(".")};
    if (const QString affected = affectsText(knob.affects); !affected.isEmpty())
        lines << translated(QT_TRANSLATE_NOOP("Knob", "Affects: %1.")).arg(affected);
    lines << effectText(knob.takesEffect);
    if (knob.type == KnobType::Integer || knob.type == KnobType::Real)
        lines << rangeText(knob);
    if (!knob.guide.empty())
        lines << translated(QT_TRANSLATE_NOOP("Knob", "The 32 GB guide: %1"))
                     .arg(QString::fromStdString(knob.guide));
    lines << QString::fromStdString(knob.key);
    return lines.join(QLatin1Char('\n'));
}

QString knobValueText(const KnobValue& value) {
    if (const auto* flag = std::get_if<bool>(&value))
        return *flag ? translated(QT_TRANSLATE_NOOP("Knob", "on"))
                     : translated(QT_TRANSLATE_NOOP("Knob", "off"));
    if (const auto* text = std::get_if<std::string>(&value))
        return QString::fromStdString(*text);
    return QString::fromStdString(formatKnobValue(value));
}

} // namespace headroom::ui
