// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/command_line.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/preferences.h"
#include "ui/configuration/presets.h"
#include "ui/theme/theme.h"
#include "ui/widgets/error_dialog.h"
#include "ui/window/configuration_controller.h"
#include "ui/window/conversion_dialog.h"
#include "ui/window/main_window.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTimer>

using namespace headroom;
using namespace headroom::ui;

namespace {

struct Fixture {
    Theme theme{Theme::Mode::Dark};
    ConfigModel config;
    MainWindow window;
    OptionPanel* options = new OptionPanel(config, theme);
    std::unique_ptr<ConfigurationController> controller;
    QTemporaryDir folder;

    Fixture() {
        window.setConfigurationPanel(options);
        controller = std::make_unique<ConfigurationController>(config, *options, window);
        window.show();
    }
    QString write(const char* name, const char* text) const {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(text);
        return file.fileName();
    }
};

} // namespace

class TestConfigurationController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensADroppedConfiguration() {
        Fixture f;
        const QString path = f.write("mine.yaml", "model:\n  num_layers: 3\n");
        Q_EMIT f.window.dropped(path);
        QCOMPARE(f.config.config().model.numLayers, 3);
        QCOMPARE(f.config.baselineName(), QStringLiteral("mine.yaml"));
        QCOMPARE(preferences::recentFiles().constFirst(), path);
    }

    void opensAConfigurationOfMsst() {
        Fixture f;
        QFile original(HEADROOM_TEST_DATA "/interop/bs_mamba2.yaml");
        QVERIFY(original.open(QIODevice::ReadOnly));
        const QByteArray text = original.readAll();
        const QString path = f.write("msst.yaml", text.constData());
        QString message;
        QTimer::singleShot(0, &f.window, [&message] {
            auto* dialog = qobject_cast<ConversionDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr)
                return;
            for (const auto* label : dialog->findChildren<QLabel*>())
                message += label->text() + QLatin1Char('\n');
            message += dialog->findChild<QPlainTextEdit*>()->toPlainText();
            dialog->reject();
        });
        Q_EMIT f.window.dropped(path);
        QCOMPARE(f.config.config().model.hiddenDim, 64);
        QVERIFY2(message.startsWith(QStringLiteral("msst.yaml is an MSST configuration of a BSMamba2\n")),
                 qPrintable(message));
        QVERIFY2(message.contains(QStringLiteral("Keys without a counterpart: 1.")), qPrintable(message));
        QVERIFY2(message.contains(QStringLiteral("line 63: augmentations.all.random_inverse")),
                 qPrintable(message));

        // Saving asks for another file.
        f.config.set(*findOption("model.num_layers"), std::int64_t{2});
        QTimer::singleShot(0, &f.window, [] {
            if (auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget()))
                dialog->reject();
        });
        QTest::keyClick(&f.window, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(f.config.isModified());
        QFile kept(path);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), text);
    }

    void setsADroppedDataSet() {
        Fixture f;
        QDir(f.folder.path()).mkdir(QStringLiteral("train"));
        Q_EMIT f.window.dropped(f.folder.path());
        QCOMPARE(QString::fromStdString(f.config.config().data.root), f.folder.path());
        const QString table = f.write("stems.csv", "instrum,path\n");
        Q_EMIT f.window.dropped(table);
        QCOMPARE(QString::fromStdString(f.config.config().data.root), table);
        // Any folder may be one, but for a run.
        QDir(f.folder.path()).mkpath(QStringLiteral("songs/song"));
        Q_EMIT f.window.dropped(f.folder.filePath(QStringLiteral("songs")));
        QCOMPARE(QString::fromStdString(f.config.config().data.root),
                 f.folder.filePath(QStringLiteral("songs")));
        QDir(f.folder.path()).mkdir(QStringLiteral("run"));
        f.write("run/journal.jsonl", "{}\n");
        f.write("run/config.yaml", "model:\n  num_layers: 3\n");
        Q_EMIT f.window.dropped(f.folder.filePath(QStringLiteral("run")));
        QCOMPARE(QString::fromStdString(f.config.config().data.root),
                 f.folder.filePath(QStringLiteral("songs")));
    }

    void startsFromDroppedWeights() {
        Fixture f;
        for (const char* name : {"/models/a.safetensors", "/models/b.ckpt", "/models/c.PTH"}) {
            Q_EMIT f.window.dropped(QString::fromLatin1(name));
            QCOMPARE(f.config.config().training.initFrom, std::string(name));
        }
    }

    void explainsAndRejectsAnInvalidFile() {
        Fixture f;
        const QString path = f.write("bad.yaml", "model:\n  num_layers: none\n");
        QString message;
        QTimer::singleShot(0, &f.window, [&message] {
            auto* dialog = qobject_cast<ErrorDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr)
                return;
            for (const auto* label : dialog->findChildren<QLabel*>())
                message += label->text() + QLatin1Char('\n');
            dialog->reject();
        });
        f.controller->open(path);
        QVERIFY(message.contains(QStringLiteral("num_layers")));
        QVERIFY(message.contains(QStringLiteral("bad.yaml:2")));
        QVERIFY(f.config.changes().empty());
    }

    void shortcutsUndoAndRedo() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.config.set(*findOption("model.num_layers"), std::int64_t{2});
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.config.config().model.numLayers, 6);
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f.config.config().model.numLayers, 2);
    }

    void theCommandLineContainsTheDifferencesFromTheBaseline() {
        ConfigModel model;
        for (const Preset& preset : presets()) {
            model.setBaseline(preset.title, preset.file, preset.config);
            QCOMPARE(trainCommand(model), QStringLiteral("headroom train --config ") + preset.file);
        }
        model.set(*findOption("loss.stft_windows"), std::vector<int>{1024, 512});
        model.set(*findOption("data.root"), std::string("/my songs/it's"));
        const QString command = trainCommand(model);
        QVERIFY(command.contains(QStringLiteral("--set 'loss.stft_windows=[1024, 512]'")));
        QVERIFY(command.contains(QStringLiteral("--set 'data.root=/my songs/it'\\''s'")));
        QVERIFY(!command.contains(QStringLiteral("--ranks")));
        QVERIFY(trainCommand(model, 2).contains(QStringLiteral(" \\\n    --ranks 2 \\\n")));
    }
};

HEADROOM_UI_TEST_MAIN(TestConfigurationController)
#include "tst_configuration_controller.moc"
