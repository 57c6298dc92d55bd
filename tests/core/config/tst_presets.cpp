// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_check.h"
#include "core/config/config_difference.h"
#include "core/config/config_file.h"
#include "tests/support/strict_main.h"

#include <QDir>

using namespace headroom;

namespace {

RunConfig preset(const std::string& name) {
    return loadConfig(std::string(HEADROOM_SOURCE_DIR "/configs/") + name);
}

QStringList changes(const RunConfig& before, const RunConfig& after) {
    QStringList texts;
    for (const auto& difference : differences(before, after))
        texts << QString::fromStdString(difference.text());
    return texts;
}

} // namespace

class TestPresets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPresetIsValid() {
        const QStringList files = QDir(QStringLiteral(HEADROOM_SOURCE_DIR "/configs"))
                                      .entryList({QStringLiteral("*.yaml")}, QDir::Files);
        QCOMPARE(files, QStringList({"bs-roformer-12gib.yaml",
                                     "bs-roformer-24gib.yaml",
                                     "bs-roformer-musdb18.yaml",
                                     "bs-roformer.yaml",
                                     "demo.yaml",
                                     "guide-after.yaml",
                                     "guide-before.yaml",
                                     "guide-minimum.yaml",
                                     "mel-band-roformer-12gib.yaml",
                                     "mel-band-roformer-16gib.yaml",
                                     "mel-band-roformer-musdb18.yaml",
                                     "mel-band-roformer.yaml",
                                     "paper-24gib.yaml",
                                     "paper-32gib.yaml",
                                     "paper-3gib.yaml",
                                     "paper-4gib.yaml",
                                     "paper-6gib.yaml",
                                     "paper-80gib.yaml",
                                     "paper-8gib.yaml",
                                     "paper.yaml"}));
        for (const QString& file : files)
            checkConfig(preset(file.toStdString()));
    }
    /// The default model, with the schedule and data of the published code on one card.
    void paperMatchesThePublishedCode() {
        QCOMPARE(changes(RunConfig{}, preset("paper.yaml")),
                 QStringList({"training.gradient_accumulation_steps: 6 -> 12",
                              "training.num_epochs: 100 -> 2000", "training.steps_per_epoch: 6000 -> 1200",
                              "data.random_mix_probability: 0.5 -> 1", "data.stem_dropout: 0 -> 0.1",
                              "data.activity_window: 0 -> 8", "data.silent_chunk_probability: 0.1 -> 1"}));
        const TrainingConfig training = preset("paper.yaml").training;
        QCOMPARE(training.stepsPerEpoch * training.batchSize, 6000); // segments per epoch
        QCOMPARE(training.stepsPerEpoch / training.gradientAccumulationSteps, 100);
    }
    /// The presets for smaller cards train the same model: they only recompute, slice and offload.
    void paperPresetsForSmallCardsDifferOnlyInMemoryOptions() {
        const QString recompute = QStringLiteral("model.use_gradient_checkpointing: false -> true");
        const auto slices = [](int count) {
            return QStringLiteral("model.recompute_slices: 0 -> %1").arg(count);
        };
        const RunConfig paper = preset("paper.yaml");
        QCOMPARE(changes(paper, preset("paper-8gib.yaml")), QStringList({recompute, slices(3)}));
        QCOMPARE(changes(paper, preset("paper-6gib.yaml")), QStringList({recompute, slices(8)}));
        QCOMPARE(changes(paper, preset("paper-4gib.yaml")), QStringList({recompute, slices(28)}));
        QCOMPARE(changes(paper, preset("paper-3gib.yaml")),
                 QStringList({recompute, slices(12), QStringLiteral("model.offload: false -> true")}));
    }
    /// And those for large cards only in what they keep.
    void paperPresetsForLargeCardsDifferOnlyInWhatTheyKeep() {
        const auto keeps = [](const char* what) {
            return QStringLiteral("model.kept_activations: input -> %1").arg(QLatin1String(what));
        };
        const auto layers = [](int count) {
            return QStringLiteral("model.kept_layers: 24 -> %1").arg(count);
        };
        const RunConfig paper = preset("paper.yaml");
        QCOMPARE(changes(paper, preset("paper-24gib.yaml")), QStringList({keeps("projected"), layers(3)}));
        QCOMPARE(changes(paper, preset("paper-32gib.yaml")), QStringList({keeps("convolved"), layers(4)}));
        QCOMPARE(changes(paper, preset("paper-80gib.yaml")), QStringList({keeps("scanned")}));
    }
    void guideBefore() {
        QCOMPARE(changes(RunConfig{}, preset("guide-before.yaml")),
                 QStringList({"training.precision: bf16 -> fp32", "training.ema_decay: 0.999 -> 0"}));
    }
    void guideAfter() {
        QCOMPARE(changes(preset("guide-before.yaml"), preset("guide-after.yaml")),
                 QStringList({"audio.segment_length: 8 -> 4", "model.hidden_dim: 256 -> 192",
                              "model.num_layers: 6 -> 4", "model.num_subbands: 62 -> 48",
                              "model.use_gradient_checkpointing: false -> true",
                              "training.batch_size: 5 -> 2", "training.gradient_accumulation_steps: 6 -> 15",
                              "training.precision: fp32 -> bf16", "training.num_workers: 4 -> 2"}));
    }
    void guideMinimum() {
        QCOMPARE(changes(preset("guide-after.yaml"), preset("guide-minimum.yaml")),
                 QStringList({"audio.segment_length: 4 -> 2", "model.hidden_dim: 192 -> 128",
                              "model.num_subbands: 48 -> 32", "training.batch_size: 2 -> 1",
                              "training.gradient_accumulation_steps: 15 -> 30"}));
    }
    void effectiveBatchMatchesPaperOrGuide() {
        const auto effective = [](const std::string& name) {
            const auto training = preset(name).training;
            return training.batchSize * training.gradientAccumulationSteps;
        };
        for (const char* name : {"paper.yaml", "paper-80gib.yaml", "paper-32gib.yaml", "paper-24gib.yaml",
                                 "paper-8gib.yaml", "paper-6gib.yaml", "paper-4gib.yaml", "paper-3gib.yaml"})
            QCOMPARE(effective(name), 60);
        for (const char* name : {"guide-before.yaml", "guide-after.yaml", "guide-minimum.yaml"})
            QCOMPARE(effective(name), 30);
    }
};

HEADROOM_TEST_MAIN(TestPresets)
#include "tst_presets.moc"
