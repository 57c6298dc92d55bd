// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/interop/open_config.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <QTest>

#include <string>

using namespace headroom;

class TestHydraConfig : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// paper.yaml was written by hand from the same code.
    void equalsThePaperPreset() {
        const OpenedConfig opened = openConfig(HEADROOM_TEST_DATA "/interop/hparams.yaml");
        QCOMPARE(opened.conversion->format, ForeignFormat::Authors);
        RunConfig paper = loadConfig(HEADROOM_SOURCE_DIR "/configs/paper.yaml");
        paper.data.stems = {"bass", "drums", "other", "vocals"};
        paper.data.activityWindow = 0; // of another file, which lists the windows
        QCOMPARE(dumpConfig(opened.config), dumpConfig(paper));
    }
    void followsReferences() {
        const std::string text = readConfigText(HEADROOM_TEST_DATA "/interop/hparams.yaml");
        const auto with = [&](const std::string& from, const std::string& to) {
            std::string changed = text;
            return readConfig(changed.replace(changed.find(from), from.size(), to), "h.yaml").config;
        };
        QCOMPARE(with("batch_size: 5", "batch_size: ${trainer.gradient_clip_val}").training.batchSize, 3);
        QCOMPARE(with("lr: 0.0005", "lr: ${opt.weight_decay}\n  weight_decay: 0.25").training.learningRate,
                 0.25);
        QVERIFY_THROWS_EXCEPTION(Error, with("lr: 0.0005", "lr: ${opt.lr}"));
        QVERIFY_THROWS_EXCEPTION(Error, with("lr: 0.0005", "lr: ${opt.nothing}"));
    }
    void refusesOtherModels() {
        const std::string text = readConfigText(HEADROOM_TEST_DATA "/interop/hparams.yaml");
        const auto refusal = [&](const std::string& from, const std::string& to) {
            std::string changed = text;
            try {
                readConfig(changed.replace(changed.find(from), from.size(), to), "h.yaml");
            } catch (const Error& error) {
                return error.message();
            }
            return std::string();
        };
        QVERIFY(refusal("mamba2\n", "transformer\n").find("h.yaml:8, model.module_type: ") == 0);
        QVERIFY(refusal("phase_loss: false", "phase_loss: true").find("phase_loss 'true' is not supported") !=
                std::string::npos);
        QVERIFY(!refusal("module_type: mamba2", "other: mamba2").empty());
        QVERIFY(!refusal("win_length: 2048", "win_length: 1024").empty());
    }
};

HEADROOM_TEST_MAIN(TestHydraConfig)
#include "tst_hydra_config.moc"
