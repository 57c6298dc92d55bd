// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/config_beside.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>

using namespace headroom;

class TestConfigBeside : public QObject {
    Q_OBJECT

    QTemporaryDir temporary_;
    std::filesystem::path folder_;

    std::filesystem::path add(const std::string& name) const {
        std::ofstream(folder_ / name) << "a";
        return folder_ / name;
    }
    std::string foundFor(const std::string& weights) const {
        return configBeside(folder_ / weights).filename().string();
    }

private Q_SLOTS:
    void init() {
        folder_ = temporary_.filePath(QString::fromLatin1(QTest::currentTestFunction())).toStdString();
        std::filesystem::create_directories(folder_);
        add("model.ckpt");
    }

    void findsTheSameName_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"model.yaml", "model.yml", "model.ckpt.yaml", "model.ckpt.yml"})
            QTest::newRow(name) << name;
    }
    void findsTheSameName() {
        QFETCH(QString, name);
        for (const auto& entry : std::filesystem::directory_iterator(folder_))
            std::filesystem::remove(entry);
        add("model.ckpt");
        add("other.safetensors");
        add("other.yaml");
        add(name.toStdString());
        QCOMPARE(foundFor("model.ckpt"), name.toStdString());
    }

    void usesGeneralNamesForOnlyWeights() {
        add("hparams.yaml");
        QCOMPARE(foundFor("model.ckpt"), std::string("hparams.yaml"));
        add("config.yaml");
        QCOMPARE(foundFor("model.ckpt"), std::string("config.yaml"));
        add("other.safetensors");
        QCOMPARE(foundFor("model.ckpt"), std::string());
        QCOMPARE(foundFor("other.safetensors"), std::string());
    }

    void isEmptyIfThereIsNone() {
        add("notes.yaml");
        QCOMPARE(foundFor("model.ckpt"), std::string());
    }
};

HEADROOM_TEST_MAIN(TestConfigBeside)
#include "tst_config_beside.moc"
