// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

#include <map>

namespace {

struct Include {
    QString name;
    bool system = false; ///< <...> instead of "..."
};

/// The includes of each source file, by its path from the root of the repository. Protobuf schemas are listed
/// too, without includes.
using Tree = std::map<QString, QList<Include>>;

/// The rooms of core and ui in dependency order: a room may include the rooms before it.
struct Rooms {
    QStringList core;
    QStringList ui;
};

const QStringList contractRooms = {"support", "config", "interop", "values", "session", "view"};
const QStringList audioRooms = {"audio", "data", "demo"};
const QStringList memoryRooms = {"cards", "allocator"};
const QStringList setupRooms = {"setup"};

QList<Include> includesOf(const QString& text) {
    static const QRegularExpression line(
        QStringLiteral("^[ \\t]*#[ \\t]*include[ \\t]*([<\"])([^>\"]+)[>\"]"),
        QRegularExpression::MultilineOption);
    QList<Include> includes;
    for (auto matches = line.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        includes.append({match.captured(2), match.captured(1) == QLatin1String("<")});
    }
    return includes;
}

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Tree readTree(const QString& root, const QStringList& folders) {
    Tree tree;
    for (const QString& folder : folders) {
        QDirIterator files(QDir(root).filePath(folder), {"*.h", "*.cpp", "*.cu", "*.cuh", "*.proto"},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            tree[QDir(root).relativeFilePath(path)] = includesOf(textOf(path));
        }
    }
    return tree;
}

/// The rooms in the order of the table of a README.
QStringList roomsInOrder(const QString& readme) {
    static const QRegularExpression row(QStringLiteral("^\\| `(\\w+)/` \\|"),
                                        QRegularExpression::MultilineOption);
    QStringList rooms;
    for (auto matches = row.globalMatch(readme); matches.hasNext();)
        rooms << matches.next().captured(1);
    return rooms;
}

Rooms readRooms(const QString& root) {
    return {roomsInOrder(textOf(root + "/core/README.md")), roomsInOrder(textOf(root + "/ui/README.md"))};
}

/// "train" for core/train/... and core/train/sub/...; empty for files outside the rooms of `top`.
QString roomIn(const QString& top, const QString& path) {
    const QStringList parts = path.split('/');
    return parts.size() > 2 && parts[0] == top ? parts[1] : QString();
}

bool isQt(const Include& include) {
    static const QRegularExpression name(QStringLiteral("^Q[A-Z]|^Qt\\w*/"));
    return include.system && name.match(include.name).hasMatch();
}

bool isLibTorch(const Include& include) {
    static const QRegularExpression name(QStringLiteral("^(ATen|c10|caffe2|torch)/"));
    return name.match(include.name).hasMatch();
}

/// C++ headers of the standard library have neither a folder nor a file extension.
bool isStandard(const Include& include) {
    return include.system && !include.name.contains('/') && !include.name.contains('.') && !isQt(include);
}

/// A chain of includes from this file to LibTorch; empty if there is none.
QStringList pathToLibTorch(const Tree& tree, const QString& path, QSet<QString>& visited) {
    const auto file = tree.find(path);
    if (file == tree.end() || visited.contains(path))
        return {};
    visited.insert(path);
    for (const Include& include : file->second) {
        if (isLibTorch(include))
            return {path, include.name};
        const QStringList rest = pathToLibTorch(tree, include.name, visited);
        if (!rest.isEmpty())
            return QStringList(path) + rest;
    }
    return {};
}

/// Checks one file against the rules.
class FileCheck {
public:
    FileCheck(const Tree& tree, const Rooms& rooms, const QString& path)
        : tree_(tree), rooms_(rooms), path_(path), top_(path.section('/', 0, 0)), room_(roomIn("core", path)),
          header_(path.endsWith(".h") || path.endsWith(".cuh")) {}

    QStringList violations() {
        for (const Include& include : tree_.at(path_)) {
            if (!include.system)
                checkOwn(include.name);
            if (!maySeeQt() && isQt(include))
                report("includes Qt: " + include.name);
            if (contractRooms.contains(room_) && header_ && include.system && !isStandard(include) &&
                !include.name.startsWith("yaml-cpp/"))
                report("is a header of the contract and includes more than the standard library: " +
                       include.name);
        }
        if (mustNotSeeLibTorch()) {
            QSet<QString> visited;
            const QStringList chain = pathToLibTorch(tree_, path_, visited);
            if (!chain.isEmpty())
                report("sees LibTorch: " + chain.join(" -> "));
        }
        return violations_;
    }

private:
    void checkOwn(const QString& name) {
        if (!exists(name)) {
            report("includes a file that does not exist, or not by its path from the root: " + name);
            return;
        }
        const QString room = roomIn("core", name);
        if (top_ == QLatin1String("core"))
            checkOrder(rooms_.core, room_, room, name);
        if (top_ == QLatin1String("ui") && name.startsWith("ui/"))
            checkOrder(rooms_.ui, roomIn("ui", path_), roomIn("ui", name), name);
        if (top_ == QLatin1String("app") && name.startsWith("ui/") && !maySeeQt())
            report("is the command line and includes the window: " + name);
        if (top_ == QLatin1String("app") && !room.isEmpty() && room != QLatin1String("engine") &&
            !contractRooms.contains(room) && !audioRooms.contains(room) && !setupRooms.contains(room))
            report("is the program and bypasses the headers of the engine: " + name);
        if (top_ == QLatin1String("ui") && !name.startsWith("ui/") && !contractRooms.contains(room))
            report("is the window and includes more than the contract: " + name);
    }

    void checkOrder(const QStringList& order, const QString& from, const QString& to, const QString& name) {
        if (to.isEmpty() || order.indexOf(to) > order.indexOf(from))
            report("depends on a later room: " + name);
    }

    /// Also true for headers that protoc generates from a schema of the tree.
    bool exists(const QString& name) const {
        const QString generated = QStringLiteral(".pb.h");
        return tree_.contains(name) ||
               (name.endsWith(generated) && tree_.contains(name.chopped(generated.size()) + ".proto"));
    }

    /// True for the window, and for the program that connects it to the engine.
    bool maySeeQt() const { return top_ == QLatin1String("ui") || path_.startsWith("app/studio/"); }

    bool mustNotSeeLibTorch() const {
        return top_ != QLatin1String("core") || contractRooms.contains(room_) || audioRooms.contains(room_) ||
               memoryRooms.contains(room_) || setupRooms.contains(room_) ||
               (room_ == QLatin1String("engine") && header_);
    }

    void report(const QString& what) { violations_ << path_ + " " + what; }

    const Tree& tree_;
    const Rooms& rooms_;
    QString path_, top_, room_;
    bool header_;
    QStringList violations_;
};

QStringList violations(const Tree& tree, const Rooms& rooms) {
    QStringList all;
    for (const auto& [path, includes] : tree)
        all << FileCheck(tree, rooms, path).violations();
    return all;
}

/// The violations in a small example tree after one more include is added to a file.
QStringList violationsWith(const QString& path, const QString& line) {
    Tree tree = {{"core/support/error.h", includesOf("#include <string>\n")},
                 {"core/config/option.h",
                  includesOf("#include \"core/support/error.h\"\n#include <yaml-cpp/yaml.h>\n")},
                 {"core/config/option.cpp", includesOf("#include <fmt/format.h>\n#include <unistd.h>\n")},
                 {"core/cards/cards.h", includesOf("#include <dlfcn.h>\n")},
                 {"core/setup/wheels.h", includesOf("#include <string>\n")},
                 {"core/kernels/cpu/product.h", includesOf("#include \"core/config/option.h\"\n")},
                 {"core/data/loader.h", includesOf("#include <sndfile.h>\n")},
                 {"core/train/step.h", includesOf("#include <ATen/core/Tensor.h>\n")},
                 {"core/train/run.h", includesOf("#include \"core/train/step.h\"\n")},
                 {"core/train/event.proto", {}},
                 {"core/train/event.cpp", includesOf("#include \"core/train/event.pb.h\"\n")},
                 {"core/engine/service.h", includesOf("#include \"core/config/option.h\"\n")},
                 {"core/engine/service.cpp", includesOf("#include \"core/train/run.h\"\n")},
                 {"app/main.cpp", includesOf("#include \"core/engine/service.h\"\n#include <CLI/CLI.hpp>\n")},
                 {"ui/theme/theme.h", includesOf("#include <QColor>\n")},
                 {"ui/widgets/button.h", includesOf("#include \"ui/theme/theme.h\"\n#include <QWidget>\n")},
                 {"ui/window/window.h",
                  includesOf("#include \"core/config/option.h\"\n#include \"ui/widgets/button.h\"\n")}};
    tree.at(path) += includesOf(line);
    const Rooms rooms = {{"support", "config", "cards", "kernels", "data", "train", "engine"},
                         {"theme", "widgets", "window"}};
    return violations(tree, rooms);
}

QStringList foldersIn(const QString& folder) {
    return QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sourcesFollowTheRules() {
        const QString root = QStringLiteral(HEADROOM_SOURCE_DIR);
        const Tree tree = readTree(root, {"core", "app", "ui"});
        QVERIFY2(tree.size() > 50, "sources not found");
        const QStringList found = violations(tree, readRooms(root));
        QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join("\n")));
    }
    void theTablesListEveryRoom() {
        const QString root = QStringLiteral(HEADROOM_SOURCE_DIR);
        Rooms rooms = readRooms(root);
        rooms.core.sort();
        rooms.ui.sort();
        QCOMPARE(rooms.core, foldersIn(root + "/core"));
        QCOMPARE(rooms.ui, foldersIn(root + "/ui"));
    }
    void noTwoHeadersShareAName() {
        std::map<QString, QString> paths;
        for (const auto& [path, includes] : readTree(HEADROOM_SOURCE_DIR, {"core", "app", "ui"})) {
            if (!path.endsWith(".h") || path.contains("/gloo_declarations/")) // which Gloo names
                continue;
            const auto [other, isNew] = paths.emplace(path.section('/', -1), path);
            QVERIFY2(isNew, qPrintable(other->second + " and " + path));
        }
    }
    void findsIncludesInAnyFormatting() {
        const auto includes =
            includesOf("#pragma once\n  #  include <vector>\n// #include <no>\n#include \"a/b.h\" // x\n");
        QCOMPARE(includes.size(), 2);
        QCOMPARE(includes[0].name, QStringLiteral("vector"));
        QVERIFY(includes[0].system && !includes[1].system);
    }
    void reportsEveryViolation_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("complaint");
        const auto row = [](const char* name, const char* path, const char* line, const char* complaint) {
            QTest::newRow(name) << path << line << complaint;
        };
        row("none", "core/support/error.h", "", "");
        row("later room", "core/support/error.h", "#include \"core/config/option.h\"",
            "depends on a later room");
        row("later room, from a subfolder", "core/kernels/cpu/product.h", "#include \"core/data/loader.h\"",
            "depends on a later room");
        row("later room, in a subfolder", "core/config/option.h", "#include \"core/kernels/cpu/product.h\"",
            "depends on a later room");
        row("core to app", "core/engine/service.cpp", "#include \"app/main.cpp\"", "depends on a later room");
        row("later room of ui", "ui/theme/theme.h", "#include \"ui/widgets/button.h\"",
            "depends on a later room");
        row("ui widgets to window", "ui/widgets/button.h", "#include \"ui/window/window.h\"",
            "depends on a later room");
        row("Qt in core", "core/engine/service.cpp", "#include <QString>", "includes Qt");
        row("Qt module", "app/main.cpp", "#include <QtCore/QString>", "includes Qt");
        row("fmt in the contract", "core/config/option.h", "#include <fmt/format.h>",
            "more than the standard library");
        row("POSIX in the contract", "core/support/error.h", "#include <unistd.h>",
            "more than the standard library");
        row("LibTorch in audio", "core/data/loader.h", "#include <ATen/ATen.h>", "sees LibTorch");
        row("LibTorch in the memory rooms", "core/cards/cards.h", "#include <c10/core/Device.h>",
            "sees LibTorch");
        row("LibTorch in what fetches it", "core/setup/wheels.h", "#include <c10/core/Device.h>",
            "sees LibTorch");
        row("LibTorch in the contract", "core/config/option.cpp", "#include <c10/core/Device.h>",
            "sees LibTorch");
        row("LibTorch in the window", "ui/theme/theme.h", "#include <torch/torch.h>", "sees LibTorch");
        row("LibTorch through other headers", "core/engine/service.h", "#include \"core/train/run.h\"",
            "core/train/run.h -> core/train/step.h -> ATen/core/Tensor.h");
        row("app past the engine", "app/main.cpp", "#include \"core/train/run.h\"",
            "bypasses the headers of the engine");
        row("command line to window", "app/main.cpp", "#include \"ui/window/window.h\"",
            "includes the window");
        row("window past the contract", "ui/window/window.h", "#include \"core/engine/service.h\"",
            "includes more than the contract");
        row("not from the root", "core/config/option.cpp", "#include \"option.h\"",
            "not by its path from the root");
        row("no schema", "core/train/event.cpp", "#include \"core/train/other.pb.h\"", "does not exist");
    }
    void reportsEveryViolation() {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(QString, complaint);
        const QStringList found = violationsWith(path, line);
        if (complaint.isEmpty())
            QCOMPARE(found, QStringList());
        else
            QVERIFY2(!found.filter(complaint).filter(path).isEmpty(), qPrintable(found.join("\n")));
    }
};

HEADROOM_TEST_MAIN(TestLayering)
#include "tst_layering.moc"
