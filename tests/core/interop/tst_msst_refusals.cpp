// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/open_config.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <QTest>

#include <string>

using namespace headroom;

namespace {

/// A small configuration of a BS-RoFormer with one line of a section added or replaced.
std::string text(const std::string& model, const std::string& training = {}, const std::string& rest = {}) {
    return "audio:\n  chunk_size: 88200\nmodel:\n  dim: 32\n  depth: 1\n  time_transformer_depth: 1\n" +
           model + "training:\n  instruments: [vocals]\n" + training + rest;
}

std::string refusal(const std::string& yaml) {
    try {
        readConfig(yaml, "a.yaml");
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Input ? error.message() : "not an input error";
    }
    return "";
}

} // namespace

class TestMsstRefusals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void smallConfigurationIsTaken() { QCOMPARE(refusal(text("")), std::string()); }

    void namesWhatItRefuses_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const std::string& yaml, const char* place,
                            const char* reason) {
            QTest::newRow(name) << QString::fromStdString(yaml) << place << reason;
        };
        row("transformer", text("  module_type: transformer\n"), "a.yaml:7, model.module_type",
            "BSMamba2 with module_type 'transformer'");
        row("mamba2-roformer", text("  module_type: mamba2-roformer\n"), "a.yaml:7, model.module_type",
            "module_type 'mamba2-roformer'");
        row("TS-BSMamba2", text("  feature_dim: 128\n"), "a.yaml:7, model.feature_dim", "TS-BSMamba2");
        row("Demucs",
            "training:\n  instruments: [vocals]\nhtdemucs:\n  depth: 4\ninference:\n  num_overlap: 2\n",
            "a.yaml, model", "no model.dim");
        row("Demucs by name",
            "training:\n  instruments: [vocals]\n  model_type: htdemucs\ninference:\n  num_overlap: 2\n",
            "a.yaml:3, training.model_type", "the model 'htdemucs'");
        row("negative chunk",
            "audio:\n  chunk_size: -5\nmodel:\n  dim: 8\n  depth: 1\ntraining:\n  instruments: [vocals]\n  "
            "model_type: bs_roformer\n",
            "a.yaml:2, audio.chunk_size", "audio.chunk_size -5 is not a number of samples");
        row("experimental", text("", "  model_type: bs_roformer_experimental\n"),
            "a.yaml:9, training.model_type", "bs_roformer_experimental");
        row("value residual", text("  add_value_residual: true\n"), "a.yaml:7, model.add_value_residual",
            "value residual");
        row("value residual as a number", text("  add_value_residual: 1\n"),
            "a.yaml:7, model.add_value_residual", "value residual");
        row("an absurd mask depth", text("  mask_estimator_depth: 9223372036854775807\n"),
            "a.yaml:7, model.mask_estimator_depth", "from 0 to 100");
        row("hyper-connections", text("  num_residual_streams: 4\n"), "a.yaml:7, model.num_residual_streams",
            "hyper-connections");
        row("window", text("  stft_window_fn: blackman\n"), "a.yaml:7, model.stft_window_fn", "Hann");
        row("normalized loss", text("  multi_stft_normalized: True\n"),
            "a.yaml:7, model.multi_stft_normalized", "'True'");
        row("a word as dim", text("  heads: many\n"), "a.yaml:7, model.heads", "not 'many'");
        row("a float as heads", text("  heads: 1.5\n"), "a.yaml:7, model.heads", "not '1.5'");
        row("a list as flag", text("  stereo: [true]\n"), "a.yaml:7, model.stereo", "true or false");
        row("too deep", text("  linear_transformer_depth: 1000\n"),
            "a.yaml:7, model.linear_transformer_depth", "1000");
        row("stems", text("  num_stems: 4\n"), "a.yaml:7, model.num_stems", "model.num_stems 4");
        row("mel rate", text("  num_bands: 60\n  sample_rate: 48000\n"), "a.yaml:8, model.sample_rate",
            "48000");
        row("object", text("  heads: !!python/object/apply:os.system ['true']\n"), "a.yaml:7", "type tag");
        row("object in a list", text("  freqs_per_bands: [!!python/name:os.system 2]\n"), "a.yaml:7",
            "type tag");
        row("twice", text("  heads: 4\n  heads: 8\n"), "a.yaml:8", "given twice");
        row("bands", text("  freqs_per_bands: [2, 2]\n"), "a.yaml:7, model.freqs_per_bands", "add up to 4");
        row("overlap", text("", "", "inference:\n  num_overlap: 0\n"), "a.yaml:10, inference.num_overlap",
            "0");
        row("which model",
            "audio: {chunk_size: 1}\nmodel: {dim: 8, depth: 1}\ntraining: {instruments: [a]}\n", "a.yaml",
            "does not say which model");
        row("normalize", text("", "  normalize: true\n"), "a.yaml:9, training.normalize", "'true'");
        row("a stem as path", text("", "  target_instrument: ../x\n"), "a.yaml:9, training.target_instrument",
            "../x");
    }
    void namesWhatItRefuses() {
        QFETCH(const QString, yaml);
        QFETCH(const QString, place);
        QFETCH(const QString, reason);
        const QString message = QString::fromStdString(refusal(yaml.toStdString()));
        QVERIFY2(message.startsWith(place + ": "), qPrintable(message));
        QVERIFY2(message.contains(reason), qPrintable(message));
    }
    void contradictingChannels() {
        const std::string yaml =
            "audio: {chunk_size: 88200, num_channels: 1}\nmodel: {dim: 32, depth: 1, stereo: "
            "true, dim_freqs_in: 1025}\ntraining: {instruments: [vocals]}\n";
        QVERIFY(refusal(yaml).find("contradicts model.stereo true") != std::string::npos);
    }
    void reportsAllErrorsTogether() {
        const std::string message = refusal(text("  heads: x\n  dim_head: y\n", "  lr: fast\n"));
        QVERIFY2(message.find("3 errors") != std::string::npos, message.c_str());
    }
    void boundsTheWork() {
        // Each alias stands for all keys before it.
        QByteArray bomb = "training: {instruments: [a]}\ninference: {x: 1}\na0: &a0 {k: 1, l: 2}\n";
        for (int i = 1; i < 60; ++i)
            bomb += QStringLiteral("a%1: &a%1 {p: *a%2, q: *a%2}\n").arg(i).arg(i - 1).toUtf8();
        QVERIFY(!refusal(bomb.toStdString()).empty());
        QVERIFY(!refusal("training: &t {instruments: [a], again: *t}\n").empty());
        QVERIFY(refusal("audio: {chunk_size: 88200}\nmodel: {dim: 32, depth: 1, dim_freqs_in: 1}\n"
                        "training: {instruments: [a]}\nother: &o [1, *o]\n")
                    .empty());
    }
};

HEADROOM_TEST_MAIN(TestMsstRefusals)
#include "tst_msst_refusals.moc"
