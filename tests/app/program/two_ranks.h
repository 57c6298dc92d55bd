// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/app/program/rank_programs.h"

#include <QProcess>
#include <QProcessEnvironment>

#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace headroom::test {

/// A port that nobody uses at the moment; 0 if there is none.
inline std::uint16_t freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    return bound ? ntohs(address.sin_port) : std::uint16_t{0};
}

/// Two ranks that are started one by one, as on two machines: rank 0 keeps the store.
class TwoRanks {
public:
    TwoRanks() {
        for (int rank = 0; rank < 2; ++rank) {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert("WORLD_SIZE", "2");
            environment.insert("RANK", QString::number(rank));
            environment.insert("LOCAL_RANK", QString::number(rank));
            environment.insert("LOCAL_WORLD_SIZE", "2");
            environment.insert("MASTER_ADDR", "127.0.0.1");
            environment.insert("MASTER_PORT", QString::number(port_));
            (*this)[rank].setProcessEnvironment(environment);
        }
    }
    ~TwoRanks() {
        for (QProcess& rank : ranks_) {
            rank.kill();
            rank.waitForFinished(RankPrograms::timeout);
        }
    }
    TwoRanks(const TwoRanks&) = delete;
    TwoRanks& operator=(const TwoRanks&) = delete;

    QProcess& operator[](int rank) { return ranks_[static_cast<std::size_t>(rank)]; }
    std::uint16_t port() const { return port_; }
    void start(int rank, const QStringList& arguments) { (*this)[rank].start(HEADROOM_PROGRAM, arguments); }
    bool end() {
        return ranks_[0].waitForFinished(RankPrograms::timeout) &&
               ranks_[1].waitForFinished(RankPrograms::timeout);
    }

private:
    std::uint16_t port_ = freePort();
    std::array<QProcess, 2> ranks_;
};

} // namespace headroom::test
